package io.github.cameldataverse.changes.testkit.internal.organization;

/** Where entries are kept before they happen. */
@FunctionalInterface
public interface WriteAheadLog {
    /** Keeps nothing: the organization ends with the process. */
    WriteAheadLog NONE = entry -> {};

    /** Keeps the entry; when it returns, the entry survives the end of this process. */
    void append(OrganizationEvent entry);
}
