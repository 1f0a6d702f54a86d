package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A refusal, in the format of the service that was called: an error of the Web API with this status, or a fault of the
 * Organization Service.
 *
 * @param status HTTP status of the Web API
 * @param code in the format of the Web API
 * @param message for the caller
 * @param retryAfter the {@code Retry-After}, if there is one: seconds or any other text
 */
public record ServiceRefusal(int status, String code, String message, Optional<String> retryAfter) {
    public ServiceRefusal(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    /** The response to this request. */
    public ServiceResponse to(ServiceRequest request) {
        return SoapMessages.isFor(request) ? fault().answer() : error();
    }

    /** As a fault of the Organization Service, where seconds become a duration. */
    public OrganizationServiceFault fault() {
        return new OrganizationServiceFault(code, message, retryAfter.map(ServiceRefusal::duration));
    }

    /** As an error of the Web API for a client that asked for annotations. */
    ServiceResponse annotated() {
        return withRetryAfter(ODataErrorResponse.annotated(status, code, message));
    }

    private ServiceResponse error() {
        return withRetryAfter(ODataErrorResponse.answer(status, code, message));
    }

    private ServiceResponse withRetryAfter(ServiceResponse response) {
        return retryAfter.map(text -> response.header("Retry-After", text)).orElse(response);
    }

    private static String duration(String text) {
        return text.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(text)).toString()
                : text;
    }
}
