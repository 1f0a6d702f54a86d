package io.github.cameldataverse.changes.testkit.xml;

import java.util.function.Function;

/**
 * Which prefixes stand for the namespaces, and where they are declared. All of them mean the same to whoever reads XML
 * with its namespaces.
 *
 * @param ofElements the prefix of element names, empty for the default namespace
 * @param ofTypes the prefix of attributes and of the names in {@code i:type}, never empty
 * @param declared where namespaces are declared
 */
public record Prefixes(Function<Namespace, String> ofElements, Function<Namespace, String> ofTypes, Place declared) {
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
    public static final Prefixes USUAL = new Prefixes(Namespace::usualPrefix, Namespace::usualPrefix, Place.HOLDER);

    /** Other ones, all declared on the root. */
    public static final Prefixes OTHER =
            new Prefixes(namespace -> otherwise("ns", namespace), namespace -> otherwise("ns", namespace), Place.ROOT);

    /** No prefix for any element: the default namespace changes from element to element. */
    public static final Prefixes DEFAULTED =
            new Prefixes(namespace -> "", namespace -> otherwise("t", namespace), Place.NEED);

    /** One prefix for all elements, which means another namespace from element to element. */
    public static final Prefixes SHADOWING =
            new Prefixes(namespace -> always("a", namespace), namespace -> otherwise("t", namespace), Place.NEED);

    private static String otherwise(String letters, Namespace namespace) {
        return namespace == Namespace.NONE ? "" : letters + namespace.ordinal();
    }

    private static String always(String prefix, Namespace namespace) {
        return namespace == Namespace.NONE ? "" : prefix;
    }
}
