package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits a page in a SOAP envelope, with any namespace prefixes. A response that is no such page is left as it is. */
final class SoapPageEditor {
    static final String DATA_TOKEN = "DataToken";
    static final String PAGING_COOKIE = "PagingCookie";
    static final String MORE_RECORDS = "MoreRecords";

    private static final Pattern MORE = Pattern.compile("<(?:\\w+:)?MoreRecords[^>]*>true<");

    private SoapPageEditor() {}

    static boolean isPage(ServiceResponse response) {
        return response.status() == 200
                && response.header("Content-Type").orElse("").startsWith("text/xml");
    }

    static ServiceResponse edit(ServiceResponse response, UnaryOperator<String> edit) {
        return isPage(response)
                ? response.body(ResponseBody.of(edit.apply(response.body().text())))
                : response;
    }

    static boolean hasMore(String envelope) {
        return MORE.matcher(envelope).find();
    }

    /** With another text in the only element of that name, whether it had a value or not. */
    static String with(String envelope, String name, String escaped) {
        return replaced(envelope, name, ">" + escaped);
    }

    /** With {@code nil} in the only element of that name, if it has a value. */
    static String without(String envelope, String name) {
        String nil = " xmlns:nil=\"" + SoapNamespace.INSTANCE.uri() + "\" nil:nil=\"true\">";
        boolean hasValue = Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>[^<]")
                .matcher(envelope)
                .find();
        return hasValue ? replaced(envelope, name, nil) : envelope;
    }

    /** An escaped text, to be put between tags. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Rewrites the element; its namespace declarations are kept. */
    private static String replaced(String envelope, String name, String between) {
        Matcher element = Pattern.compile("<((?:\\w+:)?" + name + ")([^>]*?)(?:/>|>[^<]*</\\1>)")
                .matcher(envelope);
        return element.replaceAll(match -> Matcher.quoteReplacement(
                "<" + match.group(1) + declarations(match.group(2)) + between + "</" + match.group(1) + ">"));
    }

    private static String declarations(String attributes) {
        StringBuilder declarations = new StringBuilder();
        Matcher each = Pattern.compile(" xmlns(?::\\w+)?=\"[^\"]*\"").matcher(attributes);
        while (each.find()) {
            declarations.append(each.group());
        }
        return declarations.toString();
    }
}
