package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.internal.source.HeaderText;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.RecordId;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The few members of a row that say which change it is. All others stay bytes. A tombstone is what says so: a deleted entity
 * by its context (OData JSON Format 4.0, 15.3), or a removed one by its annotation (4.01, 15.3).
 */
final class RowMembers {

    private static final String TOMBSTONE = "/$deletedEntity";
    private static final Pattern DELETED_ENTITY = Pattern.compile("(?:.*#)?(\\w+)(?:\\(.*\\))?/\\$deletedEntity");
    private static final Pattern ENTITY_URL = Pattern.compile("(?:.*/)?(\\w+)\\([^/]*\\)");
    private static final Set<String> REASONS = Set.of("deleted", "changed");

    private final TableDefinition table;
    private @Nullable String recordId;
    private @Nullable String etag;
    private @Nullable String context;
    private @Nullable String entityId;
    private @Nullable String id;
    private @Nullable String reason;
    private boolean removed;
    private boolean hasOthers;

    RowMembers(TableDefinition table) {
        this.table = table;
    }

    /** A member that tells of the change, and is a text. */
    void text(RowMember member, String text) {
        switch (member) {
            case RECORD_ID -> recordId = text;
            case ETAG -> etag = text;
            case CONTEXT -> context = text;
            case ENTITY_ID -> entityId = text;
            case ID -> id = text;
            case REASON -> reason = text;
            default -> passed(member);
        }
    }

    /** Any other member, or one that is no text. */
    void passed(RowMember member) {
        hasOthers |= member.isOfARow();
    }

    /** The row is a removed one. */
    void removed() {
        removed = true;
    }

    /** Why it was removed. */
    void removed(String why) {
        reason = why;
    }

    Change change(int index, Row row, long round) throws MalformedPageException {
        if (isTombstone(index)) {
            return new Delete(removedId(index), HeaderText.reason(reason, Delete.DELETED), round, 0, row);
        }
        requireNoTombstoneWithoutAMark(index);
        return new Upsert(guid(recordId, index, table.primaryId()), HeaderText.etag(etag), Version.of(etag, row), row);
    }

    private boolean isTombstone(int index) throws MalformedPageException {
        if (context == null || !context.endsWith(TOMBSTONE)) {
            return removed;
        }
        Matcher set = DELETED_ENTITY.matcher(context);
        if (set.matches()) {
            requireOfTheTable(index, set.group(1));
        }
        return true;
    }

    /** A gateway's error may look like this, and so does what a proxy has left of a tombstone. */
    private void requireNoTombstoneWithoutAMark(int index) throws MalformedPageException {
        if (!hasOthers && recordId == null && id != null && reason != null && REASONS.contains(reason)) {
            throw new MalformedPageException("Row " + index
                    + " has the members of a tombstone, and neither the context of a deleted entity nor the annotation"
                    + " @removed");
        }
    }

    private String removedId(int index) throws MalformedPageException {
        Set<String> named = new HashSet<>();
        name(named, id, index, "id");
        name(named, entityId, index, "@odata.id");
        name(named, recordId, index, table.primaryId());
        if (named.size() != 1) {
            throw new MalformedPageException(
                    "Row " + index + (named.isEmpty() ? " has no id" : " is a tombstone of two records"));
        }
        return named.iterator().next();
    }

    private void name(Set<String> named, @Nullable String served, int index, String member)
            throws MalformedPageException {
        if (served != null) {
            requireSetOf(index, served);
            named.add(guid(served, index, member));
        }
    }

    private void requireSetOf(int index, String id) throws MalformedPageException {
        Matcher url = ENTITY_URL.matcher(id);
        if (url.matches()) {
            requireOfTheTable(index, url.group(1));
        }
    }

    private void requireOfTheTable(int index, String entitySet) throws MalformedPageException {
        if (!entitySet.equalsIgnoreCase(table.entitySet())) {
            throw new MalformedPageException(
                    "Row " + index + " is a tombstone of another table than " + table.entitySet());
        }
    }

    private static String guid(@Nullable String served, int index, String member) throws MalformedPageException {
        if (served == null) {
            throw new MalformedPageException("Row " + index + " has no " + member);
        }
        return RecordId.of(served)
                .orElseThrow(() -> new MalformedPageException("The " + member + " of row " + index + " is no GUID"));
    }
}
