package io.github.cameldataverse.changes.testkit.internal.organization;

/** Keeps events before they take effect. */
@FunctionalInterface
public interface WriteAheadLog {
    /** Keeps no event: the organization ends with the process. */
    WriteAheadLog NONE = entry -> {};

    /** Keeps the event; when it returns, the event survives the end of this process. */
    void append(OrganizationEvent entry);
}
