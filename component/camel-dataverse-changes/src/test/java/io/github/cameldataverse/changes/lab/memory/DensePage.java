package io.github.cameldataverse.changes.lab.memory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers that end just below a limit, made of the smallest pieces that cost a reader memory, and what is said of each; of
 * some nothing is, because they are good.
 */
enum DensePage {
    ROWS(
            Asked.WEB_API,
            "{\"value\":[",
            i -> "{\"accountid\":\"" + id(i) + "\",\"@odata.etag\":\"W/\\\"" + i + "\\\"\"},",
            "{\"accountid\":\"" + id(-1) + "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_ROWS),
    ROWS_WITHOUT_ETAG(
            Asked.WEB_API,
            "{\"value\":[",
            i -> "{\"accountid\":\"" + id(i) + "\"},",
            "{\"accountid\":\"" + id(-1) + "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_ROWS),
    TOMBSTONES(
            Asked.WEB_API,
            "{\"value\":[",
            i -> "{\"@removed\":{},\"id\":\"" + id(i) + "\"},",
            "{\"accountid\":\"" + id(-1) + "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_ROWS),
    USUAL_ROWS(
            Asked.WEB_API,
            "{\"value\":[",
            i -> "{\"accountid\":\"" + id(i) + "\",\"@odata.etag\":\"W/\\\"" + i + "\\\"\",\"description\":\""
                    + "é".repeat(6500) + "\"},",
            "{\"accountid\":\"" + id(-1) + "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.NOTHING_WRONG),
    NEARLY_TOO_MANY_ROWS(
            Asked.WEB_API,
            "{\"value\":[",
            i -> "{\"accountid\":\"" + id(i) + "\",\"name\":\"" + "x".repeat(290) + "\"},",
            "{\"accountid\":\"" + id(-1) + "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.NOTHING_WRONG),
    NAMES_OF_A_ROW(
            Asked.WEB_API,
            "{\"value\":[{\"accountid\":\"" + id(-1) + "\"",
            i -> ",\"c" + word(i) + "\":0",
            "}],\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_MEMBERS),
    NAMES_OF_THE_PAGE(
            Asked.WEB_API,
            "{\"value\":[{\"accountid\":\"" + id(-1) + "\"" + "}]",
            i -> ",\"c" + word(i) + "\":0",
            ",\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_MEMBERS),
    NAMES_INSIDE_A_COLUMN(
            Asked.WEB_API,
            "{\"value\":[{\"accountid\":\"" + id(-1) + "\"" + ",\"x\":{\"y\":0",
            i -> ",\"c" + word(i) + "\":0",
            "}}],\"@odata.deltaLink\":\"%s\"}",
            Said.MANY_MEMBERS),
    TEXT(
            Asked.WEB_API,
            "{\"value\":[{\"accountid\":\"" + id(-1) + "\"" + ",\"name\":\"",
            i -> "x".repeat(1000),
            "\"}],\"@odata.deltaLink\":\"%s\"}",
            Said.NOTHING_WRONG),
    COLUMN_OF_A_ROW(
            Asked.WEB_API,
            "{\"value\":[{\"accountid\":\"" + id(-1) + "\"" + ",\"x\":[",
            i -> "{},",
            "0]}],\"@odata.deltaLink\":\"%s\"}",
            Said.NOTHING_WRONG),
    TREE_OF_AN_ERROR(
            Asked.WEB_API_WITH_STATUS_500,
            "{\"error\":{\"code\":\"0x80040203\",\"x\":[",
            i -> "{},",
            "0]}}",
            "HTTP 500"),
    MESSAGE_OF_AN_ERROR(
            Asked.WEB_API_WITH_STATUS_500,
            "{\"error\":{\"code\":\"x\",\"message\":\"",
            i -> "x".repeat(1000),
            "\"}}",
            "HTTP 500"),
    SOAP_ROWS(
            Asked.SOAP,
            Soap.BEGIN,
            i -> Soap.ITEM + id(i) + "</a:Id>" + Soap.ROW_END,
            Soap.END,
            "more than 50000 changes"),
    SOAP_TOMBSTONES(
            Asked.SOAP,
            Soap.BEGIN,
            i -> "<o:anyType i:type=\"o:RemovedOrDeletedItem\"><o:RemovedItem><a:Id>" + id(i)
                    + "</a:Id></o:RemovedItem></o:anyType>",
            Soap.END,
            "more than 50000 changes"),
    SOAP_USUAL_ROWS(
            Asked.SOAP,
            Soap.BEGIN,
            i -> Soap.ITEM + id(i) + "</a:Id><a:Attributes>" + Soap.text("name", "x".repeat(500))
                    + Soap.text("description", "é".repeat(6000)) + "</a:Attributes><a:RowVersion>" + i
                    + "</a:RowVersion>" + Soap.ROW_END,
            Soap.END,
            Said.NOTHING_WRONG),
    SOAP_NEARLY_TOO_MANY_ROWS(
            Asked.SOAP,
            Soap.BEGIN,
            i -> Soap.ITEM + id(i) + "</a:Id>" + " ".repeat(210) + Soap.ROW_END,
            Soap.END,
            Said.NOTHING_WRONG),
    SOAP_COLUMNS(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<a:Attributes>",
            i -> "<a:KeyValuePairOfstringanyType><b:key>" + word(i)
                    + "</b:key><b:value i:nil=\"1\"/></a:KeyValuePairOfstringanyType>",
            "</a:Attributes>" + Soap.ROW_END + Soap.END,
            "a row of more than 20000 columns"),
    SOAP_LABELS(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<a:FormattedValues>",
            i -> "<a:KeyValuePairOfstringstring><b:key>" + word(i)
                    + "</b:key><b:value></b:value></a:KeyValuePairOfstringstring>",
            "</a:FormattedValues>" + Soap.ROW_END + Soap.END,
            "a row of more than 20000 columns"),
    SOAP_BLANKS(Asked.SOAP, Soap.BEGIN + Soap.ROW, i -> " ".repeat(1000), Soap.ROW_END + Soap.END, Said.NOTHING_WRONG),
    SOAP_ELEMENTS_INSIDE_OF_EACH_OTHER(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW,
            i -> "<x>",
            Soap.ROW_END + Soap.END,
            "nests its elements deeper than 64"),
    SOAP_NAMES(Asked.SOAP, Soap.BEGIN + Soap.ROW, i -> "<a" + word(i) + "/>", Soap.ROW_END + Soap.END, Said.MANY_NAMES),
    SOAP_NAMES_BEHIND_PREFIXES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<x" + Soap.prefixes(1000) + ">",
            i -> "<p" + i % 1000 + ":n" + i / 1000 + "/>",
            "</x>" + Soap.ROW_END + Soap.END,
            Said.MANY_NAMES),
    SOAP_NAMES_OF_ATTRIBUTES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW,
            i -> "<x a" + word(i) + "=\"\"/>",
            Soap.ROW_END + Soap.END,
            Said.MANY_NAMES),
    SOAP_NAMESPACES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW,
            i -> "<x xmlns=\"" + word(i) + "\"/>",
            Soap.ROW_END + Soap.END,
            Said.MANY_NAMES),
    SOAP_INSTRUCTIONS(
            Asked.SOAP, Soap.BEGIN + Soap.ROW, i -> "<?a" + word(i) + "?>", Soap.ROW_END + Soap.END, Said.MANY_NAMES),
    SOAP_TYPES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW,
            i -> "<x i:type=\"a:" + word(i) + "\"/>",
            Soap.ROW_END + Soap.END,
            Said.NOTHING_WRONG),
    SOAP_REFERENCES(
            Asked.SOAP, Soap.BEGIN + Soap.ROW, i -> "&a" + word(i) + ";", Soap.ROW_END + Soap.END, Said.ENTITIES),
    SOAP_PREFIXES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<x",
            i -> " xmlns:a" + word(i) + "=\"x\"",
            "/>" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_ATTRIBUTES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<x",
            i -> " a" + word(i) + "=\"\"",
            "/>" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_ATTRIBUTE(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<x y=\">",
            i -> "x".repeat(1000),
            "\"/>" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_NAME(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<x",
            i -> "x".repeat(1000),
            "/>" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_COMMENT(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<!-->",
            i -> "x".repeat(1000),
            "-->" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_INSTRUCTION(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<?x >",
            i -> "x".repeat(1000),
            "?>" + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_CDATA(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + Soap.TEXT + "<![CDATA[<",
            i -> "x".repeat(1000),
            "]]>" + Soap.TEXT_END + Soap.ROW_END + Soap.END,
            Said.LONG_MARKUP),
    SOAP_DOCUMENT_TYPE(Asked.SOAP, "<!DOCTYPE x [", i -> " ".repeat(1000), "]>" + Soap.BEGIN + Soap.END, Said.ENTITIES),
    SOAP_ENTITIES(
            Asked.SOAP,
            "<!DOCTYPE x [",
            i -> "<!ENTITY a" + word(i) + " \"x\">",
            "]>" + Soap.BEGIN + Soap.END,
            Said.ENTITIES),
    SOAP_TEXT(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + Soap.TEXT,
            i -> "x".repeat(1000),
            Soap.TEXT_END + Soap.ROW_END + Soap.END,
            Said.LONG_TEXTS),
    SOAP_ESCAPES(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + Soap.TEXT,
            i -> "&lt;",
            Soap.TEXT_END + Soap.ROW_END + Soap.END,
            Said.NOTHING_WRONG),
    SOAP_TEXTS(
            Asked.SOAP,
            Soap.BEGIN + Soap.ROW + "<a:Attributes>",
            i -> Soap.text("c" + word(i), "x".repeat(1000000)),
            "</a:Attributes>" + Soap.ROW_END + Soap.END,
            Said.LONG_TEXTS);

    /** To what question it is the answer. */
    enum Asked {
        WEB_API,
        WEB_API_WITH_STATUS_500,
        SOAP
    }

    private final Asked asked;
    private final String begin;
    private final IntFunction<String> piece;
    private final String end;
    private final String said;

    DensePage(Asked asked, String begin, IntFunction<String> piece, String end, String said) {
        this.asked = asked;
        this.begin = begin;
        this.piece = piece;
        this.end = end;
        this.said = said;
    }

    boolean isSoap() {
        return asked == Asked.SOAP;
    }

    int status() {
        return asked == Asked.WEB_API_WITH_STATUS_500 ? 500 : 200;
    }

    /** Words of what the reader says of it. */
    String said() {
        return said;
    }

    boolean isGood() {
        return said.equals(Said.NOTHING_WRONG);
    }

    /** One without pieces is as small as a page can be. */
    DensePage calm() {
        return isSoap() ? SOAP_USUAL_ROWS : USUAL_ROWS;
    }

    /** Writes it, of so many bytes at most. */
    void write(OutputStream to, int bytes, String deltaLink) throws IOException {
        OutputStream out = new BufferedOutputStream(to, 65536);
        String close = end.replace("%s", deltaLink);
        out.write(bytes(begin));
        int left = bytes - begin.length() - close.length();
        byte[] next = bytes(piece.apply(0));
        for (int i = 1; next.length <= left; i++) {
            out.write(next);
            left -= next.length;
            next = bytes(piece.apply(i));
        }
        out.write(bytes(close));
        out.flush();
    }

    static String id(int i) {
        return new UUID(0, i).toString();
    }

    private static String word(int i) {
        return Integer.toString(i, 36);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Words of what a reader says. */
    private static final class Said {

        private static final String NOTHING_WRONG = "complete, ";
        private static final String MANY_ROWS = "more than 50000 rows";
        private static final String MANY_MEMBERS = "more than 20000 names of members";
        private static final String MANY_NAMES = "more than 20000 names of elements";
        private static final String LONG_MARKUP = "a tag, a comment, an instruction or a piece of CDATA of more than";
        private static final String LONG_TEXTS = "texts of more than 4194304 characters";
        private static final String ENTITIES = "declares or names an entity";
    }

    /** What stands around the changes, as the Organization Service writes it. */
    private static final class Soap {

        private static final String BEGIN = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + "<ExecuteResponse xmlns=\"http://schemas.microsoft.com/xrm/2011/Contracts/Services\">"
                + "<ExecuteResult i:type=\"a:RetrieveEntityChangesResponse\""
                + " xmlns:a=\"http://schemas.microsoft.com/xrm/2011/Contracts\""
                + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + "<a:Results xmlns:b=\"http://schemas.datacontract.org/2004/07/System.Collections.Generic\">"
                + "<a:KeyValuePairOfstringanyType><b:key>EntityChanges</b:key>"
                + "<b:value i:type=\"o:BusinessEntityChanges\" xmlns:o=\"http://schemas.microsoft.com/xrm/7.1/Contracts\">"
                + "<o:Changes>";
        private static final String END = "</o:Changes><o:DataToken>2818090!11/05/2025 20:47:31</o:DataToken>"
                + "<o:MoreRecords>false</o:MoreRecords></b:value></a:KeyValuePairOfstringanyType></a:Results>"
                + "</ExecuteResult></ExecuteResponse></s:Body></s:Envelope>";
        private static final String ITEM = "<o:anyType i:type=\"o:NewOrUpdatedItem\"><o:NewOrUpdatedEntity><a:Id>";
        private static final String ROW = ITEM + id(-1) + "</a:Id>";
        private static final String ROW_END = "</o:NewOrUpdatedEntity></o:anyType>";
        private static final String TEXT = "<a:Attributes><a:KeyValuePairOfstringanyType><b:key>name</b:key>"
                + "<b:value i:type=\"c:string\" xmlns:c=\"http://www.w3.org/2001/XMLSchema\">";
        private static final String TEXT_END = "</b:value></a:KeyValuePairOfstringanyType></a:Attributes>";

        private static String prefixes(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> " xmlns:p" + i + "=\"u\"")
                    .collect(Collectors.joining());
        }

        private static String text(String column, String text) {
            return "<a:KeyValuePairOfstringanyType><b:key>" + column + "</b:key><b:value i:type=\"c:string\""
                    + " xmlns:c=\"http://www.w3.org/2001/XMLSchema\">" + text
                    + "</b:value></a:KeyValuePairOfstringanyType>";
        }
    }
}
