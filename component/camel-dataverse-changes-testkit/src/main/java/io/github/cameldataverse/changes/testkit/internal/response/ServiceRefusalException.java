package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** The service refuses: a status, a code and a message, to be put into the platform's envelope. */
public final class ServiceRefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ServiceRefusal refusal;

    public ServiceRefusalException(int status, String code, String message) {
        this(new ServiceRefusal(status, code, message));
    }

    public ServiceRefusalException(ServiceRefusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** What is said. */
    public ServiceRefusal refusal() {
        return refusal;
    }

    /** The answer to this question: whoever wants annotations gets them with errors too. */
    public ServiceResponse answer(ServiceRequest question) {
        return question.preferences().wants(ODataErrorResponse.ANNOTATION) ? refusal.annotated() : refusal.to(question);
    }
}
