package io.github.cameldataverse.changes.internal.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.http.answer.ExactJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the times of a row let one infer. Dataverse writes the same time into both columns when it creates a record; a
 * workflow that touches the record at once makes a create look like an update, and a time that was set by hand may be
 * anything.
 *
 * @param json reads rows
 */
record RowTimes(ObjectMapper json) {

    Optional<UpsertKind> kind(Row row) {
        try (JsonParser parser = json.createParser(row.stream())) {
            String created = null;
            String modified = null;
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                created = name.equals("createdon") ? parser.getValueAsString() : created;
                modified = name.equals("modifiedon") ? parser.getValueAsString() : modified;
                parser.skipChildren();
            }
            return kind(created, modified);
        } catch (StreamConstraintsException e) {
            throw ExactJson.beyondLimits();
        } catch (IOException e) {
            // The page scanner has read the same bytes before.
            throw new IllegalStateException("A row that was read before cannot be read again", e);
        }
    }

    private static Optional<UpsertKind> kind(@Nullable String created, @Nullable String modified) {
        if (created == null || modified == null) {
            return Optional.empty();
        }
        return Optional.of(created.equals(modified) ? UpsertKind.BORN : UpsertKind.CHANGED);
    }
}
