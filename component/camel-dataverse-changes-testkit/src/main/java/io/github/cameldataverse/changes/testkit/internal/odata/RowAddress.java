package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.table.AlternateKey;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names one row of an entity set, between the parentheses of its address: its id, or the values of an alternate key.
 *
 * @param table of the entity set
 * @param id of the row in lower case, if the address has it
 * @param key the values of an alternate key by column, otherwise
 */
public record RowAddress(TableSchema table, Optional<String> id, Map<String, Object> key) {
    // A quote within a text is doubled. Written without alternatives, which would take a frame of the stack for each
    // character.
    private static final String TEXT = "'([^']*(?:''[^']*)*)'";
    private static final String BARE = "[^',()/\\s]+";
    private static final String NAMED = "\\w+=(?:" + TEXT.replace("([", "(?:[") + "|" + BARE + ")";

    /** The form of what can stand between the parentheses. */
    public static final String FORM = "[0-9a-fA-F-]{36}|" + NAMED + "(?:,\\s*" + NAMED + ")*";

    private static final Pattern PAIR = Pattern.compile("(\\w+)=(?:" + TEXT + "|(" + BARE + "))(?:,\\s*)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

    /** The row with this id. */
    public static RowAddress ofId(TableSchema table, String id) {
        return new RowAddress(table, Optional.of(id.toLowerCase(Locale.ROOT)), Map.of());
    }

    /** Parses what stands between the parentheses; columns that are no key of the table are refused. */
    public static RowAddress of(TableSchema table, String text) {
        if (!text.contains("=")) {
            return ofId(table, text);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(text);
        while (pair.find()) {
            String quoted = pair.group(2);
            values.put(pair.group(1), quoted == null ? bare(pair.group(3)) : quoted.replace("''", "'"));
        }
        Object ownId = values.get(table.primaryIdColumn());
        if (ownId != null && values.size() == 1) {
            return ofId(table, ownId.toString());
        }
        requireKey(table, values);
        return new RowAddress(table, Optional.empty(), values);
    }

    /** The row, if there is one; a value that its column cannot have is refused. */
    public Optional<StoredRow> in(StoredTable stored) {
        try {
            return id.map(stored::row).orElseGet(() -> stored.row(key));
        } catch (IllegalArgumentException unfit) {
            throw new ServiceRefusalException(400, ErrorCodes.RESOURCE, String.valueOf(unfit.getMessage()));
        }
    }

    /** The refusal because there is no such row. */
    public ServiceRefusalException absent() {
        return id.map(known -> new ServiceRefusalException(
                        404,
                        ErrorCodes.NO_SUCH_ROW,
                        "Entity '" + table.logicalName() + "' With Id = " + known + " Does Not Exist"))
                .orElseGet(() -> new ServiceRefusalException(
                        404,
                        ErrorCodes.NO_ROW_WITH_KEY,
                        "A record with the specified key values does not exist in " + table.logicalName() + " entity"));
    }

    private static Object bare(String text) {
        return NUMBER.matcher(text).matches() ? (Object) new BigDecimal(text) : text;
    }

    private static void requireKey(TableSchema table, Map<String, Object> values) {
        boolean known = table.alternateKeys().stream()
                .map(AlternateKey::columns)
                .anyMatch(columns ->
                        columns.size() == values.size() && values.keySet().containsAll(columns));
        if (!known) {
            String type = "'Microsoft.Dynamics.CRM." + table.logicalName() + "'";
            throw new ServiceRefusalException(
                    400,
                    ErrorCodes.RESOURCE,
                    "The key in the request URI is not valid for resource " + type
                            + ". Ensure that the names and number of key properties match the declared or alternate key"
                            + " properties for the resource " + type + ".");
        }
    }
}
