package io.github.cameldataverse.changes.internal.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.http.answer.ExactJson;
import io.github.cameldataverse.changes.option.BodyMembers;
import io.github.cameldataverse.changes.option.BodyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a row into a message body. No number passes through a double. */
final class RowBody {

    private final BodyType type;
    private final BodyMembers members;
    private final ObjectMapper json;

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
            String row = text(served);
            return switch (type) {
                case STRING -> row;
                case MAP -> RowLabels.beside(plain(json.readTree(row)));
                case NODE -> json.readTree(row);
            };
        } catch (StreamConstraintsException e) {
            throw ExactJson.beyondLimits();
        } catch (JsonProcessingException e) {
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
    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(element -> list.add(plain(element)));
            return list;
        }
        return scalar(node);
    }

    private static @Nullable Object scalar(JsonNode node) {
        if (node.isNumber()) {
            return node.isInt() ? (Object) node.longValue() : node.numberValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
