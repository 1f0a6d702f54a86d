package io.github.cameldataverse.changes.delivery;

/** The route did not accept an exchange. The page stops there and comes again. */
public final class NotAcceptedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int sent;

    NotAcceptedException(String name, int sent, Throwable cause) {
        super(
                "The route did not accept " + name + " (" + cause.getClass().getSimpleName()
                        + "); nothing after it was sent, and it will be offered again",
                cause);
        this.name = name;
        this.sent = sent;
    }

    /** What was not accepted. */
    public String name() {
        return name;
    }

    /** How many exchanges of the page were accepted before it. */
    public int sent() {
        return sent;
    }
}
