package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.List;
import java.util.regex.Pattern;

/** What a request asks for, whichever API it asks: the one says it in its address, the other in its body. */
public final class RequestKind {

    private static final Pattern ONE_RECORD = Pattern.compile("/accounts\\(([^)]+)\\)");

    private RequestKind() {}

    /** Rows of the table: a page of its changes, or one of its records. */
    public static boolean forRows(ServiceRequest question) {
        return isForRows(question.path());
    }

    /** A page that is not the first one of its round. */
    public static boolean forANextPage(ServiceRequest question) {
        return isNextPage(text(question));
    }

    /** A page of changes since a token, the first one or another. */
    public static boolean forARound(ServiceRequest question) {
        return isRound(text(question));
    }

    /** The first page of changes since a token. */
    public static boolean forTheStartOfARound(ServiceRequest question) {
        return forARound(question) && !forANextPage(question);
    }

    /** Whether records are there, for a group of them. */
    public static boolean forRecords(ServiceRequest question) {
        return isForRecords(question.path());
    }

    public static boolean forRecords(ReceivedRequest request) {
        return isForRecords(request.pathAndQuery());
    }

    /** The ids of the records that the request asks for, as often as it does. */
    public static List<String> recordsAskedFor(ReceivedRequest request) {
        return ONE_RECORD
                .matcher(text(request))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    public static boolean forRows(ReceivedRequest request) {
        return isForRows(request.pathAndQuery());
    }

    public static boolean forANextPage(ReceivedRequest request) {
        return isNextPage(text(request));
    }

    public static boolean forARound(ReceivedRequest request) {
        return isRound(text(request));
    }

    public static boolean forTheStartOfARound(ReceivedRequest request) {
        return forARound(request) && !forANextPage(request);
    }

    /** Pages of up to this many rows. */
    public static boolean forPagesOf(int rows, ReceivedRequest request) {
        return isSoap(request.pathAndQuery())
                ? request.body().contains("<a:Count>" + rows + "</a:Count>")
                : request.headers().getOrDefault("Prefer", List.of()).stream()
                        .anyMatch(prefer -> prefer.contains("odata.maxpagesize=" + rows));
    }

    /** All that the request says. */
    public static String text(ReceivedRequest request) {
        return request.pathAndQuery() + request.body();
    }

    private static String text(ServiceRequest question) {
        return question.pathAndQuery() + question.body();
    }

    private static boolean isForRecords(String path) {
        return path.endsWith("/$batch");
    }

    private static boolean isForRows(String path) {
        return path.contains("/accounts") || isSoap(path);
    }

    private static boolean isSoap(String path) {
        return path.contains("Organization.svc");
    }

    private static boolean isNextPage(String text) {
        return text.contains("skiptoken") || text.contains("<a:PagingCookie>");
    }

    private static boolean isRound(String text) {
        return text.contains("deltatoken") || text.contains("<b:key>DataVersion</b:key>");
    }
}
