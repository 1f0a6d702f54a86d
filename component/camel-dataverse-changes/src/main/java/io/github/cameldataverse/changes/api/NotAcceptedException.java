package io.github.cameldataverse.changes.api;

/** The route did not accept an exchange, or died behind its commit. The page stops there and comes again without what is stored. */
public final class NotAcceptedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Throwable failure;

    public NotAcceptedException(String name, Throwable failure) {
        this(
                failure,
                "The route did not accept " + name + " (" + failure.getClass().getSimpleName()
                        + "); nothing after it was sent, and it will be offered again");
    }

    private NotAcceptedException(Throwable failure, String sentence) {
        super(sentence, failure);
        this.failure = failure;
    }

    /** The route ended with an Error when the transaction of the exchange was committed already. */
    public static NotAcceptedException behindItsCommit(String name, Throwable failure) {
        return new NotAcceptedException(
                failure,
                "The route failed on " + name + " (" + failure.getClass().getSimpleName()
                        + ") when its transaction was already committed, so it counts as delivered and does not come again;"
                        + " nothing after it was sent, and the next poll goes on behind it. Let nothing that can fail stand"
                        + " behind the commit");
    }

    /** What the route failed with. */
    public Throwable failure() {
        return failure;
    }
}
