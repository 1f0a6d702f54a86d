package io.github.cameldataverse.changes.api;

import org.apache.camel.spi.Metadata;

/**
 * Names of the message headers, and of two exchange properties. All begin with {@code Camel}, so that no component sends them
 * on by itself.
 */
public final class DataverseChangesConstants {

    @Metadata(
            label = "consumer",
            description = "What the exchange says: a change of a record, or a bracket around a full reload",
            javaType = "String",
            enums = "upsert,delete,resyncStarted,resyncCompleted")
    public static final String CHANGE_TYPE = "CamelDataverseChangesChangeType";

    @Metadata(label = "consumer", description = "Id of the record: a GUID in lower case", javaType = "String")
    public static final String ID = "CamelDataverseChangesId";

    @Metadata(
            label = "consumer",
            description = "Version of the row, growing over all tables of the organization. Absent on a delete, and"
                    + " where the service sent no number",
            javaType = "Long")
    public static final String VERSION = "CamelDataverseChangesVersion";

    @Metadata(
            label = "consumer",
            description =
                    "The id by which the service's support finds the request that brought the change; absent where the"
                            + " service named none",
            javaType = "String")
    public static final String REQUEST_ID = "CamelDataverseChangesRequestId";

    @Metadata(
            label = "consumer",
            description =
                    "The etag of the row as served, 1 to 128 printed ASCII characters; absent where the service sent"
                            + " none, or something else",
            javaType = "String")
    public static final String ETAG = "CamelDataverseChangesETag";

    @Metadata(
            label = "consumer",
            description = "Names the change, the same at every replay: the id, an at sign and the version;"
                    + " for a delete the id, an exclamation mark and the round. That of a batch or a page names the changes in it:"
                    + " the same changes in the same order have the same one. Fit for duplicate detection and for a"
                    + " file name",
            javaType = "String")
    public static final String KEY = "CamelDataverseChangesKey";

    @Metadata(label = "consumer", description = "Logical name of the table", javaType = "String")
    public static final String TABLE = "CamelDataverseChangesTable";

    @Metadata(label = "consumer", description = "Entity set name of the table", javaType = "String")
    public static final String ENTITY_SET = "CamelDataverseChangesEntitySet";

    @Metadata(
            label = "consumer",
            description = "What the round reads: the first full load, the changes since, or a full reload",
            javaType = "String",
            enums = "initial,delta,resync")
    public static final String PHASE = "CamelDataverseChangesPhase";

    @Metadata(
            label = "consumer",
            description =
                    "The reason of a tombstone as served, without control characters and cut at 100 characters; missing"
                            + " for a record that a full reload did not bring",
            javaType = "String",
            enums = "deleted,changed,missing")
    public static final String REASON = "CamelDataverseChangesReason";

    @Metadata(label = "consumer", description = "Name of the subscription", javaType = "String")
    public static final String SUBSCRIPTION = "CamelDataverseChangesSubscription";

    @Metadata(
            label = "common",
            description =
                    "Number of the round; a round goes from one delta link to the next. The operation allowDeletes needs it",
            javaType = "Long")
    public static final String ROUND = "CamelDataverseChangesRound";

    @Metadata(
            label = "consumer",
            description =
                    "A fencing token: grows with every page, and with every reader that takes the subscription over. A sink"
                            + " that refuses a lower one than it has seen takes nothing from a reader that was overtaken",
            javaType = "Long")
    public static final String REVISION = "CamelDataverseChangesRevision";

    @Metadata(
            label = "consumer",
            description =
                    "With upsertKind=true: whether the sinks of this subscription have been offered the record of an"
                            + " upsert before. Absent where nothing tells",
            javaType = "String",
            enums = "create,update")
    public static final String UPSERT_KIND = "CamelDataverseChangesUpsertKind";

    @Metadata(
            label = "consumer",
            description = "How the kind of an upsert is known: exact by the known ids, or inferred",
            javaType = "String",
            enums = "exact,inferred")
    public static final String UPSERT_KIND_BASIS = "CamelDataverseChangesUpsertKindBasis";

    @Metadata(
            label = "consumer",
            description = "With exchangePer=batch or page: how many changes are in it",
            javaType = "Integer")
    public static final String SIZE = "CamelDataverseChangesSize";

    @Metadata(
            label = "consumer",
            description =
                    "With exchangePer=batch or page: the version of the first change that has one; absent if none has",
            javaType = "Long")
    public static final String FIRST_VERSION = "CamelDataverseChangesFirstVersion";

    @Metadata(
            label = "consumer",
            description =
                    "With exchangePer=batch or page: the version of the last change that has one; absent if none has",
            javaType = "Long")
    public static final String LAST_VERSION = "CamelDataverseChangesLastVersion";

    @Metadata(
            label = "consumer",
            description = "With exchangePer=batch or page: the key that the first change would have by itself",
            javaType = "String")
    public static final String FIRST_KEY = "CamelDataverseChangesFirstKey";

    @Metadata(
            label = "consumer",
            description = "With exchangePer=batch or page: the key that the last change would have by itself",
            javaType = "String")
    public static final String LAST_KEY = "CamelDataverseChangesLastKey";

    @Metadata(
            label = "consumer",
            description = "How old the delta token was that the change came by, in seconds; absent in a full load",
            javaType = "Long")
    public static final String TOKEN_AGE = "CamelDataverseChangesTokenAge";

    @Metadata(
            label = "producer",
            description = "The operation to do, instead of the one in the endpoint",
            javaType = "String",
            enums = "count,token,resync,allowDeletes,tables,enable,dates")
    public static final String OPERATION = "CamelDataverseChangesOperation";

    /** An exchange property, not a header: the {@link ManualCommit} of an exchange, with {@code manualCommit=true}. */
    public static final String MANUAL_COMMIT = "CamelDataverseChangesManualCommit";

    /**
     * An exchange property, not a header: with {@code exchangePer=batch} or {@code page} the changes behind the rows of the body, an immutable
     * {@code List} of {@link io.github.cameldataverse.changes.change.Change} in the same order.
     */
    public static final String CHANGES = "CamelDataverseChangesChanges";

    private DataverseChangesConstants() {}
}
