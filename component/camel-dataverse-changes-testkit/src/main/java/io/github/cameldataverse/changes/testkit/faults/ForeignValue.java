package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import io.github.cameldataverse.changes.testkit.xml.Namespace;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first row of a page has one more attribute, of a type that no column of the simulator has. Strikes requests to the
 * Organization Service only; a page without rows stays as it is.
 *
 * @param key name of the attribute
 * @param namespace of its type
 * @param type of the value
 * @param content of the value, in XML; the prefix {@code a} stands for the contracts of the service, {@code i} for the
 *     instance namespace
 */
public record ForeignValue(String key, String namespace, String type, String content) implements Fault {
    private static final Pattern ATTRIBUTES = Pattern.compile("<(?:\\w+:)?Attributes(?: [^>]*)?>");

    /** A managed property: a Boolean that says whether it may be changed. */
    public static ForeignValue managedProperty(String key, boolean value) {
        return new ForeignValue(
                key,
                Namespace.CONTRACTS.uri(),
                "BooleanManagedProperty",
                "<a:CanBeChanged>true</a:CanBeChanged><a:ManagedPropertyLogicalName>" + key
                        + "</a:ManagedPropertyLogicalName><a:Value>" + value + "</a:Value>");
    }

    /** A list of parties with nobody in it, as mails and appointments have them. */
    public static ForeignValue parties(String key) {
        return new ForeignValue(
                key,
                Namespace.CONTRACTS.uri(),
                "EntityCollection",
                "<a:Entities/><a:EntityName>activityparty</a:EntityName><a:MinActiveRowVersion i:nil=\"true\"/>"
                        + "<a:MoreRecords>false</a:MoreRecords><a:PagingCookie i:nil=\"true\"/>"
                        + "<a:TotalRecordCount>-1</a:TotalRecordCount>"
                        + "<a:TotalRecordCountLimitExceeded>false</a:TotalRecordCountLimitExceeded>");
    }

    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Envelopes.edit(proper.get(), envelope -> ATTRIBUTES
                .matcher(envelope)
                .replaceFirst(match -> Matcher.quoteReplacement(match.group() + attribute())));
    }

    private String attribute() {
        return "<a:KeyValuePairOfstringanyType xmlns:a=\"" + Namespace.CONTRACTS.uri() + "\" xmlns:k=\""
                + Namespace.COLLECTIONS.uri() + "\" xmlns:i=\"" + Namespace.INSTANCE.uri() + "\" xmlns:v=\""
                + namespace + "\"><k:key>" + key + "</k:key><k:value i:type=\"v:" + type + "\">" + content
                + "</k:value></a:KeyValuePairOfstringanyType>";
    }
}
