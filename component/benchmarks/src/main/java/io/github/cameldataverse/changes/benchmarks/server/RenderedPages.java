package io.github.cameldataverse.changes.benchmarks.server;

import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The pages of a load over both APIs, made of one page that the simulator has served: only ids, links and paging cookies differ
 * from page to page, and nothing but names from table to table. A page is made when it is first asked for, while readers warm up;
 * those that a load of the usual length has are kept. Thread-safe.
 */
final class RenderedPages {

    static final String SKIP = "$skiptoken=";
    static final String DELTA = "$deltatoken=";
    static final String SOAP_PATH = "/XRMServices/2011/Organization.svc/web";
    static final String WEB_PATH = "/api/data/v9.2/";

    private static final String SERVICES = "http://schemas.microsoft.com/xrm/2011/Contracts/Services";
    private static final int KEPT = 20;
    private static final Pattern MORE = Pattern.compile("(<(?:\\w+:)?MoreRecords[^>]*>)false(<)");
    private static final Pattern COOKIE = Pattern.compile("<((?:\\w+:)?PagingCookie)[^>]*?(?:/>|>[^<]*</\\1>)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Workload workload;
    private final URI simulator;
    private final String origin;
    private final PageTemplate rows;
    private final PageTemplate changes;
    private final String lastTail;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    /** @param origin where the pages will be served */
    RenderedPages(Workload workload, URI simulator, String origin) throws IOException, InterruptedException {
        this.workload = workload;
        this.simulator = simulator;
        this.origin = origin;
        String page = servedByWebApi();
        rows = new PageTemplate(page.substring(page.indexOf('['), page.lastIndexOf(']') + 1));
        String soap = servedByOrganizationService();
        int behindRows = soap.lastIndexOf("Changes>") + "Changes>".length();
        changes = new PageTemplate(soap.substring(0, behindRows));
        lastTail = soap.substring(behindRows);
    }

    /** The page of this entity set with this number, from 1, over the Web API. */
    byte[] webApi(String entitySet, int number) {
        return kept(entitySet + number, number, () -> rows.page(number, head(entitySet, ""), tail(entitySet, number)));
    }

    /** The same over the Organization Service; all tables look alike there. */
    byte[] organizationService(int number) {
        return kept("soap" + number, number, () -> changes.page(number, "", soapTail(number)));
    }

    /** The answer to the delta link of an entity set: nothing is new. */
    byte[] nothingNew(String entitySet) {
        return encoded((head(entitySet, "/$delta") + "[]" + tail(entitySet, workload.pages()))
                .getBytes(StandardCharsets.UTF_8));
    }

    private byte[] kept(String key, int number, Supplier<byte[]> page) {
        return number > KEPT || workload.tables() > 1
                ? encoded(page.get())
                : kept.computeIfAbsent(key, absent -> encoded(page.get()));
    }

    private String head(String entitySet, String kind) {
        return "{\"@odata.context\":\"" + origin + WEB_PATH + "$metadata#" + entitySet + kind + "\",\"value\":";
    }

    private String tail(String entitySet, int number) {
        String link = "\":\"" + origin + WEB_PATH + entitySet + "?";
        return number < workload.pages()
                ? ",\"@odata.nextLink" + link + SKIP + (number + 1) + "\"}"
                : ",\"@odata.deltaLink" + link + DELTA + "1\"}";
    }

    private String soapTail(int number) {
        if (number == workload.pages()) {
            return lastTail;
        }
        String cookie = "<$1>&lt;cookie page=\"" + number + "\"/&gt;</$1>";
        return COOKIE.matcher(MORE.matcher(lastTail).replaceFirst("$1true$2")).replaceFirst(cookie);
    }

    private String servedByWebApi() throws IOException, InterruptedException {
        return send(request(WEB_PATH + WideTable.name(0) + "s")
                .header("Prefer", "odata.track-changes,odata.maxpagesize=" + workload.pageSize())
                .build());
    }

    private String servedByOrganizationService() throws IOException, InterruptedException {
        return send(request(SOAP_PATH)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"" + SERVICES + "/IOrganizationService/Execute\"")
                .POST(HttpRequest.BodyPublishers.ofString(changesRequest()))
                .build());
    }

    private String changesRequest() {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\
                <Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services" \
                xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" \
                xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic" \
                xmlns:c="http://www.w3.org/2001/XMLSchema">\
                <request i:type="a:RetrieveEntityChangesRequest"><a:Parameters>\
                <a:KeyValuePairOfstringanyType><b:key>EntityName</b:key><b:value i:type="c:string">%s</b:value>\
                </a:KeyValuePairOfstringanyType>\
                <a:KeyValuePairOfstringanyType><b:key>Columns</b:key><b:value i:type="a:ColumnSet">\
                <a:AllColumns>true</a:AllColumns><a:Columns/></b:value></a:KeyValuePairOfstringanyType>\
                <a:KeyValuePairOfstringanyType><b:key>PageInfo</b:key><b:value i:type="a:PagingInfo">\
                <a:Count>%d</a:Count><a:PageNumber>1</a:PageNumber><a:PagingCookie i:nil="true"/>\
                <a:ReturnTotalRecordCount>false</a:ReturnTotalRecordCount></b:value></a:KeyValuePairOfstringanyType>\
                </a:Parameters><a:RequestId i:nil="true"/><a:RequestName>RetrieveEntityChanges</a:RequestName></request>\
                </Execute></s:Body></s:Envelope>"""
                .formatted(WideTable.name(0), workload.pageSize());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(simulator.resolve(path)).header("Authorization", "Bearer demo");
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The simulator has answered " + response.statusCode() + ": " + body);
        }
        return body;
    }

    private byte[] encoded(byte[] page) {
        return workload.encoding() == Encoding.IDENTITY ? page : compressed(page);
    }

    private static byte[] compressed(byte[] page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
