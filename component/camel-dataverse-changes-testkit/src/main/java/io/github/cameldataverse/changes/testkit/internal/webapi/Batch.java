package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Answers a {@code $batch} of GETs: one response with a part for each request, in their order. It ends with the first part
 * that failed, whose status it has then, unless the client prefers {@code odata.continue-on-error}. Service protection counts it
 * as one request, as the platform documents it.
 */
record Batch(WebApiRequest call, Function<ServiceRequest, ServiceResponse> parts) {
    static final String RESOURCE = "$batch";
    private static final Pattern CONTINUE = Pattern.compile("(^|[,;\\s])odata\\.continue-on-error($|[,;\\s]|=true)");
    private static final String LINE = "\r\n";

    static boolean isFor(WebApiRequest call) {
        return RESOURCE.equals(call.resource()) && "POST".equals(call.request().method());
    }

    ServiceResponse answer() {
        boolean goesOn =
                CONTINUE.matcher(call.request().header("Prefer").orElse("")).find();
        List<ServiceResponse> responses = new ArrayList<>();
        for (ServiceRequest request : new BatchParts(call).read()) {
            ServiceResponse response = parts.apply(request);
            responses.add(response);
            if (response.failure().isPresent()) {
                return response;
            }
            if (isFailed(response) && !goesOn) {
                break;
            }
        }
        return goesOn
                ? written(200, responses).header("Preference-Applied", "odata.continue-on-error")
                : written(statusOf(responses), responses);
    }

    private static boolean isFailed(ServiceResponse response) {
        return response.status() >= 400;
    }

    private static int statusOf(List<ServiceResponse> responses) {
        return responses.stream()
                .filter(Batch::isFailed)
                .map(ServiceResponse::status)
                .findFirst()
                .orElse(200);
    }

    private static ServiceResponse written(int status, List<ServiceResponse> responses) {
        String boundary = "batchresponse_" + UUID.randomUUID();
        StringBuilder body = new StringBuilder();
        responses.forEach(response -> append(body, boundary, response));
        body.append("--").append(boundary).append("--").append(LINE);
        return ServiceResponse.status(status)
                .header("Content-Type", "multipart/mixed; boundary=" + boundary)
                .header("OData-Version", "4.0")
                .body(ResponseBody.of(body.toString()));
    }

    private static void append(StringBuilder body, String boundary, ServiceResponse response) {
        body.append("--").append(boundary).append(LINE);
        body.append("Content-Type: application/http").append(LINE);
        body.append("Content-Transfer-Encoding: binary").append(LINE).append(LINE);
        body.append("HTTP/1.1 ")
                .append(response.status())
                .append(reason(response.status()))
                .append(LINE);
        response.headers().forEach(header -> body.append(header.name())
                .append(": ")
                .append(header.value())
                .append(LINE));
        body.append(LINE).append(response.body().text()).append(LINE);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> " OK";
            case 204 -> " No Content";
            case 400 -> " Bad Request";
            case 403 -> " Forbidden";
            case 404 -> " Not Found";
            case 429 -> " Too Many Requests";
            case 500 -> " Internal Server Error";
            default -> " ";
        };
    }
}
