package io.github.cameldataverse.changes.api;

/**
 * Commits one exchange of a consumer with {@code manualCommit=true}. Every such exchange carries one in its property {@link
 * DataverseChangesConstants#MANUAL_COMMIT}:
 *
 * <pre>{@code
 * exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class).commit();
 * }</pre>
 *
 * <p>Called inside the transaction of what the route writes, with a {@code JdbcDeltaTokenRepository} on the data source of
 * that transaction, rows and token are stored together or not at all. With any other repository, and outside a transaction,
 * it counts when the exchange comes back without a failure: the consumer notes it then, as it does without this option.
 */
public interface ManualCommit {

    /**
     * Notes that the change, or the page, of this exchange is delivered; for the last exchange of a page of the service it
     * moves the checkpoint behind the page. It takes part in the transaction of the calling thread, and so does its rollback:
     * after one, it may be called again.
     *
     * <p>Must be called while the exchange is under way, by any of its threads. A second call in the same transaction, or
     * outside one, changes nothing. If the exchange fails behind a transaction that was committed, it counts as delivered,
     * because the consumer looks what is stored. Outside a transaction nothing is stored before the exchange is over, and
     * one that fails comes again.
     *
     * @throws AlreadyCommittedException if an earlier transaction of this exchange has committed it: the answer to that commit
     *     was lost, and the route tried again. Let it roll back what this attempt has written. Where the database does not
     *     name its transactions (H2 and PostgreSQL do), a second call in the same one gets it too
     * @throws IllegalStateException if the exchange is over: the consumer has gone on without it
     * @throws RuntimeException if it cannot be stored. Let it fail the exchange, so that the transaction is rolled back:
     *     another reader has delivered this change or moved the token on, earlier exchanges of the page were rolled back
     *     unnoticed, or the repository cannot be used. The page comes again with what is not stored
     */
    void commit();
}
