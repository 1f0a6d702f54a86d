package io.github.cameldataverse.changes.testkit.internal.xml;

import java.util.function.Function;

/**
 * Which prefixes stand for the namespaces, and where they are declared. All of them mean the same to whoever reads XML
 * with its namespaces.
 *
 * @param ofElements the prefix of element names, empty for the default namespace
 * @param ofTypes the prefix of attributes and of the names in {@code i:type}, never empty
 * @param declared where namespaces are declared
 */
public record NamespacePrefixes(
        Function<SoapNamespace, String> ofElements, Function<SoapNamespace, String> ofTypes, Place declared) {
    /** Where namespaces are declared. */
    enum Place {
        /** All on the root. */
        ROOT,
        /** On an element that holds many in need of it, or else where they are needed. */
        HOLDER,
        /** Only where they are needed. */
        NEED
    }

    /** As the platform usually writes: {@code s}, {@code a}, {@code b}, {@code i}. */
    public static final NamespacePrefixes USUAL =
            new NamespacePrefixes(SoapNamespace::usualPrefix, SoapNamespace::usualPrefix, Place.HOLDER);

    /** Other ones, all declared on the root. */
    public static final NamespacePrefixes OTHER = new NamespacePrefixes(
            namespace -> otherwise("ns", namespace), namespace -> otherwise("ns", namespace), Place.ROOT);

    /** No prefix for any element: the default namespace changes from element to element. */
    public static final NamespacePrefixes DEFAULTED =
            new NamespacePrefixes(namespace -> "", namespace -> otherwise("t", namespace), Place.NEED);

    /** One prefix for all elements, which means another namespace from element to element. */
    public static final NamespacePrefixes SHADOWING = new NamespacePrefixes(
            namespace -> always("a", namespace), namespace -> otherwise("t", namespace), Place.NEED);

    private static String otherwise(String letters, SoapNamespace namespace) {
        return namespace == SoapNamespace.NONE ? "" : letters + namespace.ordinal();
    }

    private static String always(String prefix, SoapNamespace namespace) {
        return namespace == SoapNamespace.NONE ? "" : prefix;
    }
}
