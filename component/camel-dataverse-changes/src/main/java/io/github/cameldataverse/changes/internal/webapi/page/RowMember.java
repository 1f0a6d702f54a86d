package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.internal.source.TableDefinition;

/** What a member of a row is to the reader, by its name. */
enum RowMember {
    /** The column of the table's primary id. */
    RECORD_ID,
    ETAG,
    CONTEXT,
    /** The entity-id annotation. */
    ENTITY_ID,
    /** The id of a deleted entity (OData JSON Format 4.0, 15.3). */
    ID,
    /** Why an entity was deleted. */
    REASON,
    /** The annotation of a removed entity (OData JSON Format 4.01, 15.3). */
    REMOVED,
    /** Any other annotation of the row itself. */
    ANNOTATION,
    /** Any other column, or an annotation of a column. */
    COLUMN;

    static RowMember of(String name, TableDefinition table) {
        return name.equals(table.primaryId()) ? RECORD_ID : of(name);
    }

    private static RowMember of(String name) {
        return switch (name) {
            case "@odata.etag", "@etag" -> ETAG;
            case "@odata.context", "@context" -> CONTEXT;
            case "@odata.id", "@id" -> ENTITY_ID;
            case "@removed", "@odata.removed" -> REMOVED;
            case "id" -> ID;
            case "reason" -> REASON;
            default -> name.startsWith("@") ? ANNOTATION : COLUMN;
        };
    }

    /** Whether its text says which change the row is. */
    boolean tellsOfTheChange() {
        return switch (this) {
            case RECORD_ID, ETAG, CONTEXT, ENTITY_ID, ID, REASON -> true;
            case REMOVED, ANNOTATION, COLUMN -> false;
        };
    }

    /** Whether a row without it may be what is left of a tombstone. */
    boolean isOfARow() {
        return this == RECORD_ID || this == ID || this == COLUMN;
    }
}
