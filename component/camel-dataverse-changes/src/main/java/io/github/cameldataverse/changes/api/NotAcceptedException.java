package io.github.cameldataverse.changes.api;

/** The route did not accept an exchange. The page stops there and comes again. */
public final class NotAcceptedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Throwable failure;

    public NotAcceptedException(String name, Throwable failure) {
        super(
                "The route did not accept " + name + " (" + failure.getClass().getSimpleName()
                        + "); nothing after it was sent, and it will be offered again",
                failure);
        this.failure = failure;
    }

    /** What the route failed with. */
    public Throwable failure() {
        return failure;
    }
}
