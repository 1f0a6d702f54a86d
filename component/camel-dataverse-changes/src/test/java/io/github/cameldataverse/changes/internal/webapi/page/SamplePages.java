package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Pages of accounts as the service writes them. */
public final class SamplePages {

    public static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");
    public static final String ROOT = "https://good.example/api/data/v9.2/";
    public static final String DELTA_LINK =
            ROOT + "accounts?$select=name&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44";
    public static final String NEXT_LINK = ROOT + "accounts?$select=name&$skiptoken=%3ccookie%20pagenumber=%222%22/%3e";
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private SamplePages() {}

    public static String id(int number) {
        return String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", number);
    }

    public static String row(int number) {
        return "{\"@odata.etag\":\"W/\\\"" + (900000 + number) + "\\\"\",\"name\":\"Account " + number
                + "\",\"accountid\":\"" + id(number) + "\"}";
    }

    public static String tombstone(int number) {
        return "{\"@odata.context\":\"" + ROOT + "$metadata#accounts/$deletedEntity\",\"id\":\"" + id(number)
                + "\",\"reason\":\"deleted\"}";
    }

    public static String deltaPage(String... rows) {
        return "{\"@odata.context\":\"" + ROOT + "$metadata#accounts(name)/$delta\",\"@odata.deltaLink\":\""
                + DELTA_LINK + "\",\"value\":[" + String.join(",", rows) + "]}";
    }

    public static String pageWithMore(String... rows) {
        return "{\"@odata.context\":\"" + ROOT + "$metadata#accounts(name)\",\"value\":[" + String.join(",", rows)
                + "],\"@odata.nextLink\":\"" + NEXT_LINK + "\"}";
    }

    /** A page of rows with 57 columns: texts, numbers, lookups, dates and nulls. */
    public static String widePage(int rows) {
        StringJoiner value = new StringJoiner(",");
        for (int row = 0; row < rows; row++) {
            value.add(wideRow(row));
        }
        return deltaPage(value.toString());
    }

    private static String wideRow(int row) {
        StringBuilder json = new StringBuilder("{\"@odata.etag\":\"W/\\\"" + (900000 + row) + "\\\"\"");
        for (int column = 0; column < 56; column++) {
            json.append(",\"new_column").append(column).append("\":").append(value(row, column));
        }
        return json.append(",\"accountid\":\"").append(id(row)).append("\"}").toString();
    }

    private static String value(int row, int column) {
        return switch (column % 7) {
            case 0 -> "\"Text of row " + row + " in column " + column + "\"";
            case 1 -> "null";
            case 2 -> Integer.toString(row * 31 + column);
            case 3 -> row + "." + column + "000";
            case 4 -> "\"2026-03-01T12:00:00Z\"";
            case 5 -> "\"" + id(row + column) + "\"";
            default -> "\"Größe é 😀 " + column + "\"";
        };
    }

    public static Body body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Body body(byte[] bytes) {
        return new Body(bytes, bytes.length);
    }

    /** An answer; headers are names and values in turn. */
    public static Answer answer(int status, String body, String... headers) {
        Map<String, String> named = new HashMap<>(Map.of("content-type", "application/json"));
        for (int name = 0; name < headers.length; name += 2) {
            named.put(headers[name].toLowerCase(Locale.ROOT), headers[name + 1]);
        }
        return new Answer(URI.create(ROOT + "accounts"), status, named, body(body), NOW, new SecretsInUse());
    }
}
