package io.github.cameldataverse.changes.harness.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * An organization with one account, of which every answer is written here byte by byte: with the {@code Date} that the
 * test wants, or with none. It keeps track for 7 days and, as documentation of 2021 has it, answers an older token with
 * all rows. Both APIs.
 */
public final class DatedOrganization implements AutoCloseable {

    public static final String ACCOUNT = "60c4e274-0d87-e711-80e5-00155db19e6d";

    public static final String ORGANIZATION = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final String ROW =
            "{\"@odata.etag\":\"W/\\\"915244\\\"\",\"name\":\"Contoso\",\"accountid\":\"" + ACCOUNT + "\"}";

    private final Queue<String> once = new ConcurrentLinkedQueue<>();
    private volatile Optional<Duration> ahead = Optional.empty();
    private final RawServer server = new RawServer(this::answer);

    public DatedOrganization() throws IOException {}

    /** Every answer from now on says a time that is so far ahead of the real one, or behind it. */
    public DatedOrganization ahead(Duration ofRealTime) {
        ahead = Optional.of(ofRealTime);
        return this;
    }

    /** No answer from now on has a Date. */
    public DatedOrganization withoutDate() {
        ahead = Optional.empty();
        return this;
    }

    /** The next answer has this Date, as it is written here. */
    public void next(String date) {
        once.add(date);
    }

    public static String date(Instant time) {
        return HTTP_DATE.format(time);
    }

    public URI origin() {
        return server.origin();
    }

    /** How often changes were asked for. */
    public long pagesAsked() {
        return asked(line -> line.contains("/accounts?") || line.startsWith("POST "));
    }

    /** How often it was asked who it is: by each reader once, and wherever nothing but the time of its answer is wanted. */
    public long greeted() {
        return asked(line -> line.contains("/WhoAmI"));
    }

    private long asked(Predicate<String> what) {
        return server.requestLines().stream().filter(what).count();
    }

    private void answer(int request, OutputStream out) throws IOException {
        String line = server.requestLines().get(request - 1);
        String body = line.startsWith("POST ") ? soap() : json(line);
        int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
        RawServer.write(
                out,
                "HTTP/1.1 200 OK\r\n"
                        + "Content-Type: " + (line.startsWith("POST ") ? "text/xml; charset=utf-8" : "application/json")
                        + "\r\n"
                        + dateLine()
                        + "Content-Length: " + length + "\r\n"
                        + "Connection: close\r\n"
                        + "\r\n" + body);
    }

    private String dateLine() {
        String special = once.poll();
        Optional<String> date = Optional.ofNullable(special)
                .or(() -> ahead.map(by -> date(Instant.now().plus(by))));
        return date.map(text -> "Date: " + text + "\r\n").orElse("");
    }

    private String json(String line) {
        if (line.contains("/EntityDefinitions")) {
            return "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
                    + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}";
        }
        if (line.contains("/organizations")) {
            return "{\"value\":[{\"expirechangetrackingindays\":7}]}";
        }
        if (line.contains("/WhoAmI")) {
            return "{\"UserId\":\"" + ACCOUNT + "\",\"OrganizationId\":\"" + ORGANIZATION + "\"}";
        }
        return "{\"@odata.context\":\"" + origin() + "/api/data/v9.2/$metadata#accounts\",\"@odata.deltaLink\":\""
                + origin() + "/api/data/v9.2/accounts?$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44\","
                + "\"value\":[" + ROW + "]}";
    }

    private static String soap() {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services">
                 <ExecuteResult i:type="a:RetrieveEntityChangesResponse" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
                  <a:ResponseName>RetrieveEntityChanges</a:ResponseName>
                  <a:Results xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic">
                   <a:KeyValuePairOfstringanyType>
                    <b:key>EntityChanges</b:key>
                    <b:value i:type="o:BusinessEntityChanges" xmlns:o="http://schemas.microsoft.com/xrm/7.1/Contracts">
                     <o:Changes>
                      <o:anyType i:type="o:NewOrUpdatedItem"><o:NewOrUpdatedEntity>
                       <a:Attributes/><a:EntityState i:nil="true"/><a:FormattedValues/>
                       <a:Id>%s</a:Id><a:KeyAttributes/><a:LogicalName>account</a:LogicalName><a:RelatedEntities/>
                       <a:RowVersion>915244</a:RowVersion></o:NewOrUpdatedEntity><o:Type>NewOrUpdated</o:Type></o:anyType>
                     </o:Changes>
                     <o:DataToken>2818090!11/05/2025 20:47:31</o:DataToken>
                     <o:GlobalMetadataVersion i:nil="true"/><o:MoreRecords>false</o:MoreRecords>
                     <o:PagingCookie i:nil="true"/><o:RecordCountLessThanMarv>0</o:RecordCountLessThanMarv>
                    </b:value>
                   </a:KeyValuePairOfstringanyType>
                  </a:Results>
                 </ExecuteResult>
                </ExecuteResponse></s:Body></s:Envelope>"""
                .formatted(ACCOUNT);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
