package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** The service refuses a request. */
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

    /** The status, code and message. */
    public ServiceRefusal refusal() {
        return refusal;
    }

    /** The response to this request: a client that asks for annotations gets them in errors too. */
    public ServiceResponse answer(ServiceRequest request) {
        return request.preferences().wants(ODataErrorResponse.ANNOTATION) ? refusal.annotated() : refusal.to(request);
    }
}
