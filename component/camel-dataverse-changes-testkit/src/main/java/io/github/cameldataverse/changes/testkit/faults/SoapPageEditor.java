package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the envelope of a page, whatever its prefixes. An answer that is no page in XML stays as it is. */
final class SoapPageEditor {
    static final String DATA_TOKEN = "DataToken";
    static final String PAGING_COOKIE = "PagingCookie";
    static final String MORE_RECORDS = "MoreRecords";

    private static final Pattern MORE = Pattern.compile("<(?:\\w+:)?MoreRecords[^>]*>true<");

    private SoapPageEditor() {}

    static boolean isPage(ServiceResponse answer) {
        return answer.status() == 200
                && answer.header("Content-Type").orElse("").startsWith("text/xml");
    }

    static ServiceResponse edit(ServiceResponse answer, UnaryOperator<String> edit) {
        return isPage(answer)
                ? answer.body(ResponseBody.of(edit.apply(answer.body().text())))
                : answer;
    }

    static boolean hasMore(String envelope) {
        return MORE.matcher(envelope).find();
    }

    /** With another text in the one element of that name, which had a value or none. */
    static String with(String envelope, String name, String escaped) {
        return replaced(envelope, name, ">" + escaped);
    }

    /** With no value in the one element of that name. */
    static String without(String envelope, String name) {
        String nil = " xmlns:nil=\"" + SoapNamespace.INSTANCE.uri() + "\" nil:nil=\"true\">";
        return replaced(envelope, name, nil);
    }

    /** An escaped text, to be put between tags. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Writes the element anew: its name, what it declares, what is given, its name again. */
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
