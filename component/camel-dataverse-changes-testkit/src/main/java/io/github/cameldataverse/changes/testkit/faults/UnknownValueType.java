package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first row of a page has one more attribute, of a type that no column of the simulator has. Only for requests to
 * the Organization Service; a page without rows is left as it is.
 *
 * @param key name of the attribute
 * @param namespace of its type
 * @param type of the value
 * @param content of the value, in XML; the prefix {@code a} stands for the contracts of the service, {@code i} for the
 *     instance namespace
 */
public record UnknownValueType(String key, String namespace, String type, String content) implements Fault {
    public UnknownValueType {
        Argument.text("UnknownValueType.key", key);
        Argument.text("UnknownValueType.namespace", namespace);
        Argument.text("UnknownValueType.type", type);
        Argument.given("UnknownValueType.content", content);
    }

    private static final Pattern ATTRIBUTES = Pattern.compile("<(?:\\w+:)?Attributes(?: [^>]*)?>");

    /** A managed property: a Boolean that says whether it may be changed. */
    public static UnknownValueType managedProperty(String key, boolean value) {
        return new UnknownValueType(
                key,
                SoapNamespace.CONTRACTS.uri(),
                "BooleanManagedProperty",
                "<a:CanBeChanged>true</a:CanBeChanged><a:ManagedPropertyLogicalName>" + key
                        + "</a:ManagedPropertyLogicalName><a:Value>" + value + "</a:Value>");
    }

    /** An empty list of activity parties, as mails and appointments have them. */
    public static UnknownValueType parties(String key) {
        return new UnknownValueType(
                key,
                SoapNamespace.CONTRACTS.uri(),
                "EntityCollection",
                "<a:Entities/><a:EntityName>activityparty</a:EntityName><a:MinActiveRowVersion i:nil=\"true\"/>"
                        + "<a:MoreRecords>false</a:MoreRecords><a:PagingCookie i:nil=\"true\"/>"
                        + "<a:TotalRecordCount>-1</a:TotalRecordCount>"
                        + "<a:TotalRecordCountLimitExceeded>false</a:TotalRecordCountLimitExceeded>");
    }

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return SoapPageEditor.edit(proper.get(), envelope -> ATTRIBUTES
                .matcher(envelope)
                .replaceFirst(match -> Matcher.quoteReplacement(match.group() + attribute())));
    }

    private String attribute() {
        return "<a:KeyValuePairOfstringanyType xmlns:a=\"" + SoapNamespace.CONTRACTS.uri() + "\" xmlns:k=\""
                + SoapNamespace.COLLECTIONS.uri() + "\" xmlns:i=\"" + SoapNamespace.INSTANCE.uri() + "\" xmlns:v=\""
                + namespace + "\"><k:key>" + key + "</k:key><k:value i:type=\"v:" + type + "\">" + content
                + "</k:value></a:KeyValuePairOfstringanyType>";
    }
}
