package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The service says no, in the words of the way it was asked: an error of the Web API with this status, or a fault of the
 * Organization Service.
 *
 * @param status HTTP status of the Web API
 * @param code as the Web API writes it
 * @param message to the caller
 * @param retryAfter when to ask again, if that is said: seconds, or whatever else
 */
public record ServiceRefusal(int status, String code, String message, Optional<String> retryAfter) {
    public ServiceRefusal(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    /** The answer to this question. */
    public ServiceResponse to(ServiceRequest question) {
        return SoapMessages.isMeantBy(question) ? fault().answer() : error();
    }

    /** As the Organization Service puts it, where seconds become a duration. */
    public OrganizationServiceFault fault() {
        return new OrganizationServiceFault(code, message, retryAfter.map(ServiceRefusal::duration));
    }

    /** As the Web API puts it to whom asked for annotations. */
    ServiceResponse annotated() {
        return timed(ODataErrorResponse.annotated(status, code, message));
    }

    private ServiceResponse error() {
        return timed(ODataErrorResponse.answer(status, code, message));
    }

    private ServiceResponse timed(ServiceResponse answer) {
        return retryAfter.map(text -> answer.header("Retry-After", text)).orElse(answer);
    }

    private static String duration(String text) {
        return text.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(text)).toString()
                : text;
    }
}
