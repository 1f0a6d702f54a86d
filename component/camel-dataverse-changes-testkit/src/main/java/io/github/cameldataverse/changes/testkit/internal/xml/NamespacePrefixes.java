package io.github.cameldataverse.changes.testkit.internal.xml;

import java.util.function.Function;

/**
 * The prefixes of the namespaces, and where they are declared. For a namespace-aware reader all of these documents are
 * equal.
 *
 * @param ofElements the prefix of element names, empty for the default namespace
 * @param ofTypes the prefix of attributes and of the names in {@code i:type}, never empty
 * @param declared where namespaces are declared
 */
public record NamespacePrefixes(
        Function<SoapNamespace, String> ofElements, Function<SoapNamespace, String> ofTypes, Declaration declared) {
    /** The element on which a namespace is declared. */
    enum Declaration {
        /** The root, for all namespaces. */
        ROOT,
        /** An element whose many children need it, or else the element that needs it. */
        PARENT,
        /** The element that needs it. */
        USE
    }

    /** As the platform usually writes: {@code s}, {@code a}, {@code b}, {@code i}. */
    public static final NamespacePrefixes USUAL =
            new NamespacePrefixes(SoapNamespace::usualPrefix, SoapNamespace::usualPrefix, Declaration.PARENT);

    /** Other prefixes, all declared on the root. */
    public static final NamespacePrefixes OTHER = new NamespacePrefixes(
            namespace -> numbered("ns", namespace), namespace -> numbered("ns", namespace), Declaration.ROOT);

    /** No prefix for any element: the default namespace changes from element to element. */
    public static final NamespacePrefixes DEFAULTED =
            new NamespacePrefixes(namespace -> "", namespace -> numbered("t", namespace), Declaration.USE);

    /** One prefix for all elements, which means another namespace from element to element. */
    public static final NamespacePrefixes SHADOWING = new NamespacePrefixes(
            namespace -> same("a", namespace), namespace -> numbered("t", namespace), Declaration.USE);

    private static String numbered(String letters, SoapNamespace namespace) {
        return namespace == SoapNamespace.NONE ? "" : letters + namespace.ordinal();
    }

    private static String same(String prefix, SoapNamespace namespace) {
        return namespace == SoapNamespace.NONE ? "" : prefix;
    }
}
