package io.github.cameldataverse.changes.internal.orgservice.row;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;

/** The value of a column, on its way from XML to JSON. */
sealed interface ColumnValue {

    Plain NULL = new Plain("null");

    /** A text as JSON, in quotes. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    /** A text that the Web API gives under the same name. */
    static Plain text(String text) {
        return new Plain(quoted(text));
    }

    /** One that the Web API gives under the same name. @param json as it stands in a row */
    record Plain(String json) implements ColumnValue {}

    /**
     * A reference to a row.
     *
     * @param id a GUID in lower case
     * @param table its logical name; null if the service did not say
     * @param name of the row referred to; null if the service did not say
     */
    record Lookup(String id, @Nullable String table, @Nullable String name) implements ColumnValue {}

    /** One that no column of the Web API gives: a list of parties is a table of its own there. */
    record NoColumn() implements ColumnValue {}
}
