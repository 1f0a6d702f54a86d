package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import io.github.cameldataverse.changes.internal.orgservice.row.DateOnlyColumns;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Envelopes as the Organization Service writes them. */
final class SampleEnvelopes {

    static final String ROOT = "https://good.example/api/data/v9.2/";
    static final String ID = "60c4e274-0d87-e711-80e5-00155db19e6d";
    static final String GONE = "2e451703-c686-e711-80e5-00155db19e6d";
    static final String TOKEN = "2818090!11/05/2025 20:47:31";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    private SampleEnvelopes() {}

    static TrackingQuery query(String annotations, String... select) {
        return new TrackingQuery(ChangeTrackingApi.ORGANIZATION_SERVICE, ROOT, List.of(select), annotations, 500);
    }

    static DateOnlyColumns days() {
        return new DateOnlyColumns(table -> Map.of("day", "DateOnly", "moment", "UserLocal"));
    }

    static PageContext context(TrackingQuery query) {
        return context(query, 1 << 16, 1 << 20);
    }

    static PageContext context(TrackingQuery query, int maxRowBytes, int maxPageBytes) {
        return new PageContext(
                query,
                ACCOUNT,
                7,
                days(),
                new PageLimits(maxRowBytes, maxPageBytes, Duration.ofMinutes(10)),
                new SecretsInUse());
    }

    static String page(String items, boolean more, String cookie, String token) {
        return envelope(
                """
                <ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services">
                 <ExecuteResult i:type="a:RetrieveEntityChangesResponse" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
                  <a:ResponseName>RetrieveEntityChanges</a:ResponseName>
                  <a:Results xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic">
                   <a:KeyValuePairOfstringanyType>
                    <b:key>EntityChanges</b:key>
                    <b:value i:type="o:BusinessEntityChanges" xmlns:o="http://schemas.microsoft.com/xrm/7.1/Contracts">
                     <o:Changes>%s</o:Changes>
                     %s<o:GlobalMetadataVersion i:nil="true"/><o:MoreRecords>%s</o:MoreRecords>%s
                     <o:RecordCountLessThanMarv>0</o:RecordCountLessThanMarv>
                    </b:value>
                   </a:KeyValuePairOfstringanyType>
                  </a:Results>
                 </ExecuteResult>
                </ExecuteResponse>"""
                        .formatted(items, member("DataToken", token), more, member("PagingCookie", cookie)));
    }

    static String lastPage(String... items) {
        return page(String.join("", items), false, "", TOKEN);
    }

    private static String member(String name, String text) {
        return text.isEmpty()
                ? "<o:" + name + " i:nil=\"true\"/>"
                : "<o:" + name + ">" + escaped(text) + "</o:" + name + ">";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String envelope(String body) {
        return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    static String upsert(String... attributes) {
        return upsertOf(ID, "2818070", "<a:FormattedValues/>", attributes);
    }

    static String upsertOf(String id, String version, String formatted, String... attributes) {
        return """
                <o:anyType i:type="o:NewOrUpdatedItem"><o:NewOrUpdatedEntity>
                 <a:Attributes>%s</a:Attributes><a:EntityState i:nil="true"/>%s
                 <a:Id>%s</a:Id><a:KeyAttributes/><a:LogicalName>account</a:LogicalName><a:RelatedEntities/>
                 <a:RowVersion>%s</a:RowVersion></o:NewOrUpdatedEntity><o:Type>NewOrUpdated</o:Type></o:anyType>"""
                .formatted(String.join("", attributes), formatted, id, version);
    }

    static String removed(String id) {
        return """
                <o:anyType i:type="o:RemovedOrDeletedItem"><o:RemovedItem><a:Id>%s</a:Id><a:KeyAttributes/>
                 <a:LogicalName>account</a:LogicalName><a:Name i:nil="true"/>
                 <a:RowVersion>2818084!11/05/2025 20:47:30</a:RowVersion></o:RemovedItem>
                 <o:Type>RemoveOrDeleted</o:Type></o:anyType>"""
                .formatted(id);
    }

    /** @param typed an element {@code b:value} with its type */
    static String attribute(String key, String typed) {
        return "<a:KeyValuePairOfstringanyType><b:key>" + key + "</b:key>" + typed + "</a:KeyValuePairOfstringanyType>";
    }

    static String simple(String type, String text) {
        return "<b:value i:type=\"c:" + type + "\" xmlns:c=\"http://www.w3.org/2001/XMLSchema\">" + text + "</b:value>";
    }

    static String guid(String text) {
        return "<b:value i:type=\"e:guid\" xmlns:e=\"http://schemas.microsoft.com/2003/10/Serialization/\">" + text
                + "</b:value>";
    }

    static String contract(String type, String members) {
        return "<b:value i:type=\"a:" + type + "\">" + members + "</b:value>";
    }

    static String reference(String id, String table, String name) {
        return contract(
                "EntityReference",
                "<a:Id>" + id + "</a:Id><a:KeyAttributes/><a:LogicalName>" + table + "</a:LogicalName><a:Name>" + name
                        + "</a:Name><a:RowVersion i:nil=\"true\"/>");
    }

    static String fault(long code, String message, String details) {
        return envelope(
                """
                <s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang="en-US">In short</faultstring>
                 <detail><OrganizationServiceFault xmlns="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
                  <ActivityId>0c2f3f5e-8f0e-4b0a-9d51-2f4f1f1f7a10</ActivityId><ErrorCode>%d</ErrorCode>
                  <ErrorDetails xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic">%s</ErrorDetails>
                  <HelpLink i:nil="true"/><Message>%s</Message><Timestamp>2025-11-05T20:47:31Z</Timestamp>
                  <ExceptionRetriable>false</ExceptionRetriable><ExceptionSource i:nil="true"/>
                  <InnerFault i:nil="true"/><OriginalException i:nil="true"/><TraceText i:nil="true"/>
                 </OrganizationServiceFault></detail></s:Fault>"""
                        .formatted(code, details, message));
    }

    static String retryAfter(String duration) {
        return "<KeyValuePairOfstringanyType><b:key>Retry-After</b:key><b:value i:type=\"e:duration\""
                + " xmlns:e=\"http://schemas.microsoft.com/2003/10/Serialization/\">" + duration
                + "</b:value></KeyValuePairOfstringanyType>";
    }

    static Body body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    static Body body(byte[] bytes) {
        return new Body(bytes, bytes.length);
    }

    static Answer answer(int status, String body) {
        return new Answer(
                URI.create("https://good.example" + ChangesRequest.PATH),
                status,
                Map.of("content-type", "text/xml; charset=utf-8"),
                body(body),
                NOW,
                new SecretsInUse());
    }
}
