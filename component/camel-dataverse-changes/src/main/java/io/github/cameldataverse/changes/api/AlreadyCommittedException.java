package io.github.cameldataverse.changes.api;

/**
 * The exchange was committed before, in another transaction: the answer to that commit was lost, say, and the route tried
 * again. What this attempt has written would be there a second time, so let the exception roll its transaction back, and
 * neither try again nor send the change to the dead letters: the consumer finds in the token repository that the change is
 * delivered, and goes on.
 */
public final class AlreadyCommittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param name what the exchange carries */
    public AlreadyCommittedException(String name) {
        super("Another transaction has committed " + name
                + " already, so this one is to be rolled back. Let this exception"
                + " leave the transaction, and neither redeliver the exchange nor send it to the dead letters: it counts as"
                + " delivered");
    }
}
