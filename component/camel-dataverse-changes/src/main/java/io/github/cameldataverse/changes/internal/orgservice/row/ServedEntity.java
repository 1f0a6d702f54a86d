package io.github.cameldataverse.changes.internal.orgservice.row;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the Organization Service serves it.
 *
 * @param id a GUID in lower case
 * @param table logical name of its table; null if the service did not say
 * @param version its row version; null if the service did not say
 * @param values by logical name of the column, in the order served; a column without a value is not served at all
 * @param formatted by logical name of the column: the value as a person reads it
 */
public record ServedEntity(
        String id,
        @Nullable String table,
        @Nullable String version,
        Map<String, ColumnValue> values,
        Map<String, String> formatted) {

    /** What the Web API calls the version of the row. */
    @Nullable
    public String etag() {
        return version == null ? null : "W/\"" + version + "\"";
    }
}
