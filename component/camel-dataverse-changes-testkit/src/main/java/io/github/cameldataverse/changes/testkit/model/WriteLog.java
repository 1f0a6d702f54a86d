package io.github.cameldataverse.changes.testkit.model;

/** Where entries are kept before they happen. */
@FunctionalInterface
public interface WriteLog {
    /** Keeps nothing: the organization ends with the process. */
    WriteLog NONE = entry -> {};

    /** Keeps the entry; when it returns, the entry survives the end of this process. */
    void append(Entry entry);
}
