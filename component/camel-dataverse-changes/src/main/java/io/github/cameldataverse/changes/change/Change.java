package io.github.cameldataverse.changes.change;

/**
 * One change of one record, as the service served it. The service does not tell a create from an update: both are an
 * {@link Upsert} that carries the current values of the selected columns.
 */
public sealed interface Change permits Upsert, Delete {

    /** Id of the record: a GUID in lower case, checked. */
    String id();

    /** Names this change of this record, the same at every replay; fit for duplicate detection. */
    String key();

    /** The row or the tombstone as served. */
    Row row();

    /** What is remembered of the record once this change is delivered: a version, or a word for a delete. */
    String what();
}
