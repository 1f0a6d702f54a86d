package io.github.cameldataverse.changes.testkit.harness;

import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A RetrieveEntityChangesRequest, written by hand as clients write it. Immutable. */
public record SoapCall(
        URI organization,
        String table,
        List<String> columns,
        int count,
        int page,
        Optional<String> cookie,
        Optional<String> dataVersion) {
    public static final String CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";
    public static final String SERVICES = CONTRACTS + "/Services";
    public static final String ACTION = CONTRACTS + "/Services/IOrganizationService/Execute";

    public static SoapCall of(DataverseSimulatorExtension simulator, String table, String... columns) {
        return new SoapCall(
                simulator.organizationUrl(), table, List.of(columns), 5000, 1, Optional.empty(), Optional.empty());
    }

    public SoapCall count(int changes) {
        return new SoapCall(organization, table, columns, changes, page, cookie, dataVersion);
    }

    public SoapCall since(String token) {
        return new SoapCall(organization, table, columns, count, 1, Optional.empty(), Optional.of(token));
    }

    public SoapCall page(int number, String pagingCookie) {
        return new SoapCall(organization, table, columns, count, number, Optional.of(pagingCookie), dataVersion);
    }

    public SoapReply send() {
        return send(envelope());
    }

    public SoapReply send(String envelope) {
        return new SoapReply(WebApiClient.send(
                request(envelope).header("Authorization", "Bearer any").build()));
    }

    public HttpRequest.Builder request(String envelope) {
        return HttpRequest.newBuilder(
                        URI.create(organization + "/XRMServices/2011/Organization.svc/web?SdkClientVersion=9.2"))
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", ACTION)
                .POST(BodyPublishers.ofString(envelope));
    }

    /** Follows the pages of a round to its end. */
    public List<SoapReply> round() {
        SoapReply reply = send();
        List<SoapReply> round = new ArrayList<>(List.of(reply));
        for (int number = 2; reply.moreRecords(); number++) {
            reply = page(number, reply.pagingCookie().orElseThrow()).send();
            round.add(reply);
        }
        return round;
    }

    public String envelope() {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"
                    xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:c="http://www.w3.org/2001/XMLSchema"
                    xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts"
                    xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic"
                    xmlns:f="http://schemas.microsoft.com/2003/10/Serialization/Arrays">
                <request i:type="a:RetrieveEntityChangesRequest"><a:Parameters>%s</a:Parameters>
                <a:RequestId i:nil="true"/><a:RequestName>RetrieveEntityChanges</a:RequestName></request>
                </Execute></s:Body></s:Envelope>"""
                .formatted(parameters());
    }

    /** A WhoAmIRequest. */
    public static String whoAmI() {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"
                    xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
                <request i:type="c:WhoAmIRequest" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts"
                    xmlns:c="http://schemas.microsoft.com/crm/2011/Contracts">
                <a:Parameters xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic"/>
                <a:RequestId i:nil="true"/><a:RequestName>WhoAmI</a:RequestName></request>
                </Execute></s:Body></s:Envelope>""";
    }

    /** A request in the namespace of the newer or of the older messages, with its parameters. */
    public static String message(String namespace, String name, String parameters) {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"
                    xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:c="http://www.w3.org/2001/XMLSchema"
                    xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:m="%s"
                    xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic"
                    xmlns:h="http://schemas.microsoft.com/xrm/2011/Metadata">
                <request i:type="m:%sRequest"><a:Parameters>%s</a:Parameters>
                <a:RequestId i:nil="true"/><a:RequestName>%s</a:RequestName></request>
                </Execute></s:Body></s:Envelope>"""
                .formatted(namespace, name, parameters, name);
    }

    private String parameters() {
        String names = columns.stream()
                .map(name -> "<f:string>" + name + "</f:string>")
                .collect(Collectors.joining());
        return parameter("EntityName", "c:string", table)
                + parameter(
                        "Columns",
                        "a:ColumnSet",
                        "<a:AllColumns>" + columns.isEmpty() + "</a:AllColumns><a:Columns>" + names + "</a:Columns>")
                + parameter(
                        "PageInfo",
                        "a:PagingInfo",
                        "<a:Count>" + count + "</a:Count><a:PageNumber>" + page + "</a:PageNumber>" + pagingCookie()
                                + "<a:ReturnTotalRecordCount>false</a:ReturnTotalRecordCount>")
                + dataVersion
                        .map(token -> parameter("DataVersion", "c:string", token))
                        .orElse("");
    }

    private String pagingCookie() {
        return cookie.map(text -> "<a:PagingCookie>" + text.replace("<", "&lt;") + "</a:PagingCookie>")
                .orElse("<a:PagingCookie i:nil=\"true\"/>");
    }

    public static String parameter(String key, String type, String value) {
        return "<a:KeyValuePairOfstringanyType><b:key>" + key + "</b:key><b:value i:type=\"" + type + "\">" + value
                + "</b:value></a:KeyValuePairOfstringanyType>";
    }
}
