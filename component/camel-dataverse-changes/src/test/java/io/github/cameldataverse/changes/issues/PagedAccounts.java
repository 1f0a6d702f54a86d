package io.github.cameldataverse.changes.issues;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of accounts in twenty pages of two rows, over both APIs, in bytes that are written here, and whatever a test puts
 * in the place of a page.
 */
final class PagedAccounts implements AutoCloseable {

    static final int PAGES = 20;
    static final int ROWS = 2 * PAGES;

    private static final String START_OF_A_DELTA = "delta";
    private static final Pattern PAGE = Pattern.compile("(?:skiptoken=|<a:PagingCookie>)page(\\d+)");
    private static final Pattern TOKEN =
            Pattern.compile("(?:deltatoken=|<b:key>DataVersion</b:key><b:value i:type=\"c:string\">)(\\d+)");

    private final ChangeTrackingApi api;
    private final LoopbackServer server = new LoopbackServer();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Deque<Reply> once = new ArrayDeque<>();
    private String place = "";
    private volatile Optional<Reply> always = Optional.empty();
    private volatile int changes;
    private volatile boolean empty;
    private volatile int leftOut;
    private volatile Optional<String> etag = Optional.empty();
    private volatile Optional<String> reason = Optional.empty();
    private volatile Reply whoAmI = LoopbackServer.json(200, "{}");

    PagedAccounts(ChangeTrackingApi api) throws IOException {
        this.api = api;
        server.answering(this::answer);
    }

    /** A reader that tries nothing twice within a poll. */
    ConsumerRoute reader() {
        return reader(server.origin());
    }

    /** The same at another address of this organization, which serves links with the address that it was asked by. */
    ConsumerRoute reader(URI address) {
        return ConsumerRoute.of(address)
                .with("allowInsecure", true)
                .with("accessToken", "an-access-token")
                .with("maxRetries", 0)
                .with("api", api.word());
    }

    URI address() {
        return server.origin();
    }

    URI otherAddress() {
        return URI.create("http://127.0.0.1:" + server.origin().getPort());
    }

    /** What the organization tells of itself; nothing unless this is called. */
    void identify(String organizationId) {
        whoAmI(identified(organizationId));
    }

    Reply identified(String organizationId) {
        return LoopbackServer.json(
                200,
                "{\"@odata.context\":\"x#Microsoft.Dynamics.CRM.WhoAmIResponse\",\"BusinessUnitId\":\"" + id(1)
                        + "\",\"UserId\":\"" + id(2) + "\",\"OrganizationId\":\"" + organizationId + "\"}");
    }

    /** The organization does not let the application know who it is. */
    void tellNoId() {
        whoAmI(LoopbackServer.json(
                403, "{\"error\":{\"code\":\"0x80040220\",\"message\":\"SecLib::CheckPrivilege failed.\"}}"));
    }

    /** What is answered to the question who the organization is. */
    void whoAmI(Reply reply) {
        whoAmI = reply;
    }

    /** What was asked for with a delta token, the line of the request, in the order of the requests. */
    List<String> targetsWithAToken() {
        return server.requests().stream()
                .map(LoopbackServer.Request::target)
                .filter(target -> target.contains("deltatoken"))
                .toList();
    }

    /** What is answered to the next requests for a page of a load, in their order. */
    void insteadOfPage(int page, Reply... replies) {
        insteadOf("page" + page, replies);
    }

    /** What is answered to the next requests with a delta token. */
    void insteadOfTheStartOfADelta(Reply... replies) {
        insteadOf(START_OF_A_DELTA, replies);
    }

    private synchronized void insteadOf(String where, Reply... replies) {
        place = where;
        once.addAll(List.of(replies));
    }

    /** What is answered to all requests for a page of a load, until {@link #heal}. */
    void alwaysInsteadOfPage(int page, Reply reply) {
        always("page" + page, reply);
    }

    /** What is answered to all requests with a delta token, until {@link #heal}. */
    void alwaysInsteadOfTheStartOfADelta(Reply reply) {
        always(START_OF_A_DELTA, reply);
    }

    private synchronized void always(String where, Reply reply) {
        place = where;
        always = Optional.of(reply);
    }

    void heal() {
        always = Optional.empty();
    }

    /** What stands in the etag of changes, in place of their version. */
    void etagOfChanges(String text) {
        etag = Optional.of(text);
    }

    /** Changes are tombstones of the Web API, with this reason. */
    void reasonOfChanges(String text) {
        reason = Optional.of(text);
    }

    /** One more change, which the next delta tells. */
    void change() {
        changes++;
    }

    /** A record that loads do not bring from now on. */
    void leaveOutOfLoads(int number) {
        leftOut = number;
    }

    /** A load brings no row from now on, as for an application that may read none. */
    void showNothing() {
        empty = true;
    }

    /** How often a page of a load was asked for. */
    long timesAsked(int page) {
        return timesAsked("page" + page);
    }

    long timesAskedForADelta() {
        return timesAsked(START_OF_A_DELTA);
    }

    private long timesAsked(String where) {
        return asked.stream().filter(where::equals).count();
    }

    /** An error as this API writes it; over SOAP the status is that of all faults. */
    Reply refusal(int status, String hex, String message) {
        return api == ChangeTrackingApi.WEB_API
                ? LoopbackServer.json(status, "{\"error\":{\"code\":\"" + hex + "\",\"message\":\"" + message + "\"}}")
                : xml(
                        500,
                        "<s:Fault><faultcode>s:Client</faultcode><faultstring>" + message + "</faultstring><detail>"
                                + "<OrganizationServiceFault xmlns=\"http://schemas.microsoft.com/xrm/2011/Contracts\">"
                                + "<ErrorCode>" + Long.decode(hex).intValue() + "</ErrorCode><Message>" + message
                                + "</Message></OrganizationServiceFault></detail></s:Fault>");
    }

    private void answer(HttpExchange exchange) throws IOException {
        LoopbackServer.Request request = server.requests().get(server.requests().size() - 1);
        String text = request.target() + request.body();
        if (request.target().contains("EntityDefinitions")) {
            definition().to(exchange);
        } else if (request.target().contains("WhoAmI")) {
            whoAmI.to(exchange);
        } else if (request.target().contains("/accounts(")) {
            lookedUp(request.target()).to(exchange);
        } else if (request.target().contains("$batch")) {
            LoopbackServer.json(404, "").to(exchange);
        } else if (!request.target().contains("/accounts") && !request.target().contains("Organization.svc")) {
            LoopbackServer.json(200, "{}").to(exchange);
        } else {
            String where = where(text);
            asked.add(where);
            instead(where).orElseGet(() -> proper(text, request.header("Host"))).to(exchange);
        }
    }

    /** A record that loads do not bring is not there. */
    private Reply lookedUp(String target) {
        return leftOut > 0 && target.contains(id(leftOut))
                ? LoopbackServer.json(
                        404, "{\"error\":{\"code\":\"0x80040217\",\"message\":\"account does not exist\"}}")
                : LoopbackServer.json(200, "{}");
    }

    private static String where(String text) {
        Matcher page = PAGE.matcher(text);
        return page.find() ? "page" + page.group(1) : TOKEN.matcher(text).find() ? START_OF_A_DELTA : "page1";
    }

    private synchronized Optional<Reply> instead(String where) {
        if (!where.equals(place)) {
            return Optional.empty();
        }
        return once.isEmpty() ? always : Optional.of(once.remove());
    }

    private Reply proper(String text, String host) {
        Matcher page = PAGE.matcher(text);
        Matcher token = TOKEN.matcher(text);
        if (page.find()) {
            return page(Integer.parseInt(page.group(1)), host);
        }
        return token.find() ? delta(Integer.parseInt(token.group(1)), host) : page(1, host);
    }

    private Reply page(int page, String host) {
        if (empty) {
            return served("", "", "0", host);
        }
        String rows = IntStream.of(2 * page - 1, 2 * page)
                .filter(number -> number != leftOut)
                .mapToObj(number -> row(number, 0))
                .collect(Collectors.joining(comma()));
        return page < PAGES ? served(rows, "page" + (page + 1), "", host) : served(rows, "", "0", host);
    }

    private Reply delta(int seen, String host) {
        int now = changes;
        String change = reason.map(PagedAccounts::tombstone).orElseGet(() -> row(1, now));
        return served(now > seen ? change : "", "", Integer.toString(now), host);
    }

    private String comma() {
        return api == ChangeTrackingApi.WEB_API ? "," : "";
    }

    private static String tombstone(String reason) {
        return "{\"@odata.context\":\"x#accounts/$deletedEntity\",\"id\":\"" + id(1) + "\",\"reason\":" + quoted(reason)
                + "}";
    }

    /** Half a character has no UTF-8, so it can come as an escape only. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString().replace("\ud800", "\\ud800");
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", number);
    }

    private String row(int number, int change) {
        String id = id(number);
        String version = Integer.toString(1000 + number);
        if (change > 0) {
            version = etag.orElse(Integer.toString(1000 + number + 1000 * change));
        }
        return api == ChangeTrackingApi.WEB_API
                ? "{\"@odata.etag\":" + quoted("W/\"" + version + "\"") + ",\"accountid\":\"" + id + "\"}"
                : "<o:anyType i:type=\"o:NewOrUpdatedItem\"><o:NewOrUpdatedEntity><a:Attributes/><a:Id>" + id
                        + "</a:Id><a:LogicalName>account</a:LogicalName><a:RowVersion>" + version.replace("\r", "&#xD;")
                        + "</a:RowVersion></o:NewOrUpdatedEntity></o:anyType>";
    }

    private Reply served(String rows, String nextPage, String token, String host) {
        return api == ChangeTrackingApi.WEB_API ? json(rows, nextPage, token, host) : soap(rows, nextPage, token);
    }

    private static Reply json(String rows, String nextPage, String token, String host) {
        String link = "http://" + host + "/api/data/v9.2/accounts?"
                + (nextPage.isEmpty() ? "$deltatoken=" + token : "$skiptoken=" + nextPage);
        return LoopbackServer.json(
                200,
                "{\"value\":[" + rows + "],\"@odata." + (nextPage.isEmpty() ? "deltaLink" : "nextLink") + "\":\"" + link
                        + "\"}");
    }

    private static Reply soap(String rows, String nextPage, String token) {
        return xml(
                200,
                "<ExecuteResponse xmlns=\"http://schemas.microsoft.com/xrm/2011/Contracts/Services\">"
                        + "<ExecuteResult xmlns:a=\"http://schemas.microsoft.com/xrm/2011/Contracts\""
                        + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><a:Results"
                        + " xmlns:b=\"http://schemas.datacontract.org/2004/07/System.Collections.Generic\">"
                        + "<a:KeyValuePairOfstringanyType><b:key>EntityChanges</b:key>"
                        + "<b:value i:type=\"o:BusinessEntityChanges\""
                        + " xmlns:o=\"http://schemas.microsoft.com/xrm/7.1/Contracts\"><o:Changes>" + rows
                        + "</o:Changes><o:DataToken>" + token + "</o:DataToken><o:MoreRecords>" + !nextPage.isEmpty()
                        + "</o:MoreRecords><o:PagingCookie>" + nextPage + "</o:PagingCookie></b:value>"
                        + "</a:KeyValuePairOfstringanyType></a:Results></ExecuteResult></ExecuteResponse>");
    }

    private static Reply xml(int status, String body) {
        String envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body
                + "</s:Body></s:Envelope>";
        return LoopbackServer.bytes(status, envelope.getBytes(StandardCharsets.UTF_8), "text/xml; charset=utf-8");
    }

    private static Reply definition() {
        return LoopbackServer.json(
                200,
                "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\",\"PrimaryIdAttribute\":\"accountid\","
                        + "\"ChangeTrackingEnabled\":true}]}");
    }

    @Override
    public void close() {
        server.close();
    }
}
