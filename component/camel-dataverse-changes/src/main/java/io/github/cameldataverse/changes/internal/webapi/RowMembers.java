package io.github.cameldataverse.changes.internal.webapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.internal.source.HeaderText;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.RecordId;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The few members of a row that say which change it is. All others stay bytes. */
final class RowMembers {

    private static final String TOMBSTONE_CONTEXT = "/$deletedEntity";

    private final String primaryId;
    private @Nullable String recordId;
    private @Nullable String etag;
    private @Nullable String context;
    private @Nullable String id;
    private @Nullable String reason;

    RowMembers(String primaryId) {
        this.primaryId = primaryId;
    }

    /** Takes the member the parser stands at, if it is one of the few and a text. */
    boolean take(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return false;
        }
        if (name.equals(primaryId)) {
            recordId = parser.getText();
            return true;
        }
        switch (name) {
            case "@odata.etag" -> etag = parser.getText();
            case "@odata.context" -> context = parser.getText();
            case "id" -> id = parser.getText();
            case "reason" -> reason = parser.getText();
            default -> {
                return false;
            }
        }
        return true;
    }

    Change change(int index, byte[] page, int start, int length, long round) throws MalformedPageException {
        Row row = new Row(page, start, length);
        return isTombstone()
                ? new Delete(guid(id, index, "id"), HeaderText.reason(reason, Delete.DELETED), round, 0, row)
                : new Upsert(guid(recordId, index, primaryId), HeaderText.etag(etag), Version.of(etag, row), row);
    }

    /** By its context, and where that is left out by its reason: an upsert always has its primary id. */
    private boolean isTombstone() {
        return Objects.requireNonNullElse(context, "").endsWith(TOMBSTONE_CONTEXT)
                || recordId == null && id != null && reason != null;
    }

    private static String guid(@Nullable String served, int index, String member) throws MalformedPageException {
        if (served == null) {
            throw new MalformedPageException("Row " + index + " has no " + member);
        }
        return RecordId.of(served)
                .orElseThrow(() -> new MalformedPageException("The " + member + " of row " + index + " is no GUID"));
    }
}
