package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.internal.orgservice.row.ColumnName;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The message RetrieveEntityChanges as a SOAP 1.1 envelope. The members of a type stand in alphabetical order: the service
 * passes over one that does not.
 */
record ChangesRequest(TrackingQuery query, TableDefinition table, PagingPosition position) {

    /** The endpoint that takes bearer tokens. */
    static final String PATH = "/XRMServices/2011/Organization.svc/web";

    static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "text/xml; charset=utf-8",
            "Accept", "text/xml",
            "SOAPAction", "\"" + Namespaces.SERVICES + "/IOrganizationService/Execute\"");

    // Without it the service may take the client for one that does not know the newer types of columns.
    private static final String HEADER = "<s:Header><a:SdkClientVersion xmlns:a=\"" + Namespaces.CONTRACTS
            + "\">9.2</a:SdkClientVersion></s:Header>";

    byte[] bytes() {
        return ("<s:Envelope xmlns:s=\"" + Namespaces.SOAP + "\">" + HEADER + "<s:Body>" + execute()
                        + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String execute() {
        return "<Execute xmlns=\"" + Namespaces.SERVICES + "\" xmlns:i=\"" + Namespaces.INSTANCE + "\" xmlns:a=\""
                + Namespaces.CONTRACTS
                + "\" xmlns:b=\"" + Namespaces.PAIRS + "\" xmlns:c=\"" + Namespaces.SCHEMA + "\" xmlns:f=\""
                + Namespaces.ARRAYS
                + "\">"
                + "<request i:type=\"a:RetrieveEntityChangesRequest\"><a:Parameters>" + parameters()
                + "</a:Parameters><a:RequestId i:nil=\"true\"/>"
                + "<a:RequestName>RetrieveEntityChanges</a:RequestName></request></Execute>";
    }

    private String parameters() {
        String token = position.token();
        return parameter("EntityName", "c:string", table.logicalName())
                + parameter("Columns", "a:ColumnSet", columns())
                + parameter("PageInfo", "a:PagingInfo", pageInfo())
                + (token.isEmpty() ? "" : parameter("DataVersion", "c:string", escaped(token)));
    }

    private static String parameter(String key, String type, String value) {
        return "<a:KeyValuePairOfstringanyType><b:key>" + key + "</b:key><b:value i:type=\"" + type + "\">" + value
                + "</b:value></a:KeyValuePairOfstringanyType>";
    }

    private String columns() {
        String names = query.select().stream()
                .map(name -> "<f:string>" + ColumnName.ofWebApi(name).served() + "</f:string>")
                .collect(Collectors.joining());
        return "<a:AllColumns>" + query.select().isEmpty() + "</a:AllColumns><a:Columns>" + names + "</a:Columns>";
    }

    private String pageInfo() {
        String cookie = position.cookie();
        return "<a:Count>" + query.maxPageSize() + "</a:Count><a:PageNumber>" + position.number() + "</a:PageNumber>"
                + (cookie.isEmpty()
                        ? "<a:PagingCookie i:nil=\"true\"/>"
                        : "<a:PagingCookie>" + escaped(cookie) + "</a:PagingCookie>")
                + "<a:ReturnTotalRecordCount>false</a:ReturnTotalRecordCount>";
    }

    /** The text as content of an element. A carriage return would come back as a line feed if it were not named. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }
}
