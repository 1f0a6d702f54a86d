package io.github.cameldataverse.changes.internal.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Leaves what is no column out of a row: {@code @odata.etag}, the context of a tombstone, annotations of columns. What is said
 * of an OData member stands in a member with an at sign in its name, and no column has one (OData JSON Format 4.01, 4.6). The
 * columns stay as they were served, character by character.
 */
final class RowColumns {

    private final String row;
    private final StringBuilder columns = new StringBuilder("{");

    private RowColumns(String row) {
        this.row = row;
    }

    /** @param json reads rows of any size that was admitted */
    static String of(String row, JsonFactory json) throws JsonProcessingException {
        try {
            return new RowColumns(row).in(json);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a member of a row is a column. */
    static boolean isColumn(String name) {
        return name.indexOf('@') < 0;
    }

    private String in(JsonFactory json) throws IOException {
        try (JsonParser parser = json.createParser(row)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                member(parser);
            }
        }
        return columns.append('}').toString();
    }

    private void member(JsonParser parser) throws IOException {
        boolean column = isColumn(parser.currentName());
        long start = parser.currentTokenLocation().getCharOffset();
        parser.nextToken();
        parser.skipChildren();
        parser.finishToken();
        if (column) {
            columns.append(columns.length() == 1 ? "" : ",");
            columns.append(row, (int) start, (int) parser.currentLocation().getCharOffset());
        }
    }
}
