package io.github.cameldataverse.changes.testkit.switches;

/** How the Organization Service writes namespaces. To a client that reads XML with its namespaces, all say the same. */
public enum SoapPrefixes {
    /** The prefixes that the platform usually writes: {@code s}, {@code a}, {@code b}, {@code i}. */
    USUAL,
    /** Other prefixes, all declared on the root. */
    OTHER,
    /** No prefixes for elements: the default namespace changes from element to element. */
    DEFAULTED,
    /** One prefix for all elements, which means another namespace from element to element. */
    SHADOWING
}
