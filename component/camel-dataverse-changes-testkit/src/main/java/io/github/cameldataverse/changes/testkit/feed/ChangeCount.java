package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.Table;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.Optional;

/**
 * Answers {@code accounts/$count}: with a delta token the number of changes since, tombstones included; without one the
 * number of rows, which the platform counts no further than 5,000. Plain text behind a byte order mark.
 */
public final class ChangeCount {
    private static final long MOST = 5000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Organization organization;
    private final Switches switches;

    public ChangeCount(Organization organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The count that is asked for. */
    public Answer answer(Question question, TableDefinition table) {
        new Rights(switches, table).requireRead();
        Optional<String> token = question.query().value("$deltatoken");
        if (token.isPresent()) {
            new Options(question.query(), switches).requireTrackable();
        }
        long count = organization.read(table.logicalName(), rows -> token.map(text -> changes(rows, text))
                .orElseGet(() -> all(rows)));
        return Answer.text(200, "text/plain", BYTE_ORDER_MARK + count).header("OData-Version", "4.0");
    }

    private Long changes(Table table, String token) {
        Starts starts = new Starts(
                table, switches, organization.versions(), organization.clock().instant());
        Position start = new TokenAge(table, switches, organization.clock().instant()).checked(starts.delta(token));
        return new PageReader(table, switches).count(start);
    }

    private static Long all(Table table) {
        return Math.min(MOST, table.rows().size());
    }
}
