package io.github.cameldataverse.changes.testkit.wire;

/** The service refuses: a status, a code and a message in the platform's envelope. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public ServiceException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The answer to a client that asked for no annotations. */
    public Answer answer() {
        return ErrorEnvelope.answer(status, code, String.valueOf(getMessage()));
    }

    /** The answer to this question: whoever wants annotations gets them with errors too. */
    public Answer answer(Question question) {
        return question.preferences().wants(ErrorEnvelope.ANNOTATION)
                ? ErrorEnvelope.annotated(status, code, String.valueOf(getMessage()))
                : answer();
    }
}
