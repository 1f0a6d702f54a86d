package io.github.cameldataverse.changes.internal.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.http.answer.ExactJson;
import io.github.cameldataverse.changes.option.BodyMembers;
import io.github.cameldataverse.changes.option.BodyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a row into a message body. No number passes through a double. */
final class RowBody {

    private static final int SMALLEST = 16;

    private final BodyType type;
    private final BodyMembers members;
    private final ObjectMapper json;
    /** Of the next map: rows of a table have about as many members as the one before. */
    private int capacity = SMALLEST;

    /** @param json keeps every digit of a number */
    RowBody(BodyType type, ObjectMapper json) {
        this(type, BodyMembers.ALL, json);
    }

    RowBody(BodyType type, BodyMembers members, ObjectMapper json) {
        this.type = type;
        this.members = members;
        this.json = json;
    }

    /** What the times of rows tell. */
    RowTimes times() {
        return new RowTimes(json);
    }

    @Nullable
    Object of(Row served) {
        try {
            return switch (type) {
                case STRING -> text(served);
                case MAP -> map(served);
                case NODE -> members == BodyMembers.ALL ? json.readTree(served.stream()) : json.readTree(text(served));
            };
        } catch (StreamConstraintsException e) {
            throw ExactJson.beyondLimits();
        } catch (IOException e) {
            // The page scanner has read the same bytes before.
            throw new IllegalStateException("A row that was read before cannot be read again", e);
        } catch (NumberFormatException e) {
            // Its message holds the number, which is the content of a row.
            throw new IllegalArgumentException("A number of the row has too many digits in its exponent; with"
                    + " bodyType=string it stays as it was served");
        }
    }

    private String text(Row served) throws JsonProcessingException {
        return members == BodyMembers.ALL ? served.text() : RowColumns.of(served.text(), json.getFactory());
    }

    /** Jackson's own way to a map either makes small numbers an int or refuses those beyond a long. */
    private Map<String, @Nullable Object> map(Row served) throws IOException {
        try (JsonParser parser = json.getFactory().createParser(served.stream())) {
            parser.nextToken();
            Map<String, @Nullable Object> row = new LinkedHashMap<>(capacity);
            @Nullable String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                member(row, name, parser);
            }
            capacity = Math.max(SMALLEST, row.size() * 3 / 2);
            RowLabels.addTo(row);
            return row;
        }
    }

    private void member(Map<String, @Nullable Object> row, String name, JsonParser parser) throws IOException {
        if (members == BodyMembers.ALL || RowColumns.isColumn(name)) {
            row.put(name, value(parser));
        } else {
            parser.skipChildren();
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> null;
        };
    }

    private static Object whole(JsonParser parser) throws IOException {
        boolean fitsLong = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fitsLong ? (Object) parser.getLongValue() : parser.getBigIntegerValue();
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        @Nullable String name;
        while ((name = parser.nextFieldName()) != null) {
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
