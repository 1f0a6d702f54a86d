package io.github.cameldataverse.changes.testkit.switches;

/** How the Organization Service writes namespaces. For a namespace-aware client all of them are equal. */
public enum SoapPrefixes {
    /** The prefixes that the platform usually writes: {@code s}, {@code a}, {@code b}, {@code i}. */
    USUAL,
    /** Other prefixes, all declared on the root. */
    OTHER,
    /** No prefixes for elements: the default namespace changes from element to element. */
    DEFAULTED,
    /** One prefix for all elements, which stands for another namespace from element to element. */
    SHADOWING
}
