package io.github.cameldataverse.changes.testkit.wire;

/** The service refuses: a status, a code and a message, to be put into the platform's envelope. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public ServiceException(int status, String code, String message) {
        this(new Refusal(status, code, message));
    }

    public ServiceException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** What is said. */
    public Refusal refusal() {
        return refusal;
    }

    /** The answer to this question: whoever wants annotations gets them with errors too. */
    public Answer answer(Question question) {
        return question.preferences().wants(ErrorEnvelope.ANNOTATION) ? refusal.annotated() : refusal.to(question);
    }
}
