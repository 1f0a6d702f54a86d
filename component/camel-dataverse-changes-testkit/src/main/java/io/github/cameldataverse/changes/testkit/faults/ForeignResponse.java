package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Somebody else answers in place of the service: a gateway, a proxy, a sign-in page. The request does not reach the
 * service, and the response is the same for both APIs, in no format of theirs.
 *
 * @param status HTTP status, 200 to 599
 * @param headers in the order in which they are sent
 * @param body as text, empty for none; 204 and 304 have none
 */
public record ForeignResponse(int status, List<ServiceResponse.Header> headers, String body) implements Fault {
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    public ForeignResponse {
        Argument.within("The status of a ForeignResponse", status, 200, 599);
        Argument.given("The list of headers of a ForeignResponse", headers);
        Argument.given("The body of a ForeignResponse", body);
        if (WITHOUT_BODY.contains(status) && !body.isEmpty()) {
            throw new IllegalArgumentException(
                    "A response with status " + status + " has no body in HTTP; leave it empty");
        }
        headers = List.copyOf(headers);
    }

    /** With this content type and no other header. */
    public ForeignResponse(int status, String contentType, String body) {
        this(status, List.of(new ServiceResponse.Header("Content-Type", contentType)), body);
    }

    /** A page in HTML that names the status, as gateways send it. */
    public static ForeignResponse html(int status) {
        return new ForeignResponse(
                status,
                "text/html",
                "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>");
    }

    /** The status, without a content type and without a body. */
    public static ForeignResponse empty(int status) {
        return new ForeignResponse(status, List.of(), "");
    }

    /** With one more header, {@code Location} for example. */
    public ForeignResponse header(String name, String value) {
        List<ServiceResponse.Header> more = new ArrayList<>(headers);
        more.add(new ServiceResponse.Header(name, value));
        return new ForeignResponse(status, more, body);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = ServiceResponse.text(status, "", body);
        return new ServiceResponse(status, headers, response.body(), response.transfer(), response.failure());
    }
}
