package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;

/** The route accepted an exchange, and what it should have committed with it is not stored. The page comes again. */
public final class NotCommittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String ADVICE =
            "; what is not stored comes again at the next poll. Let whatever rolls a transaction back fail the exchange too";

    private NotCommittedException(String sentence) {
        super(sentence);
    }

    public static NotCommittedException neverCalled(String name) {
        return new NotCommittedException(
                "The route accepted " + name + " and did not commit it, so it comes again. With"
                        + " manualCommit=true the route calls commit() of the exchange property "
                        + DataverseChangesConstants.MANUAL_COMMIT
                        + " for every exchange, before it answers and in the transaction of what it writes");
    }

    public static NotCommittedException rolledBack(String name) {
        return new NotCommittedException("The route committed " + name
                + ", and the checkpoint has not moved: the transaction was rolled back" + ADVICE);
    }

    public static NotCommittedException rolledBackBefore(int count, String recordId) {
        return new NotCommittedException("The route committed " + count + " records of this page of which nothing is"
                + " stored, " + recordId + " among them: their transactions were rolled back" + ADVICE);
    }

    public static NotCommittedException rolledBackDeletes(long count, String recordId) {
        return new NotCommittedException("The route committed the "
                + (count == 1 ? "delete of 1 record" : "deletes of " + count + " records")
                + " that the full load did not bring, " + (count == 1 ? "" : "among them ") + recordId
                + ", and the token repository still knows of "
                + (count == 1 ? "it: its transaction was" : "them: their transactions were") + " rolled back" + ADVICE);
    }
}
