package io.github.cameldataverse.changes.testkit.feed;

import static io.github.cameldataverse.changes.testkit.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.json.ByteSink;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.Table;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;

/** Answers {@code accounts(<id>)}: the row, or 404. */
public final class SingleRow {
    private final Organization organization;
    private final Switches switches;

    public SingleRow(Organization organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The row that is asked for. */
    public Answer answer(Question question, TableDefinition definition, String id, String service) {
        new Rights(switches, definition).requireRead();
        return organization.read(definition.logicalName(), table -> {
            Row row = table.row(id);
            if (row == null) {
                throw absent(definition, id);
            }
            return Answer.json(200, body(question, table, row, service)).header("ETag", "W/\"" + row.version() + "\"");
        });
    }

    /** What is said of a row that is not there. */
    public static ServiceException absent(TableDefinition table, String id) {
        return new ServiceException(
                404, Codes.NO_SUCH_ROW, "Entity '" + table.logicalName() + "' With Id = " + id + " Does Not Exist");
    }

    private Body body(Question question, Table table, Row row, String service) {
        Selection selection = Selection.of(question.query(), table, switches);
        Links links = new Links(service, table.definition(), selection, switches);
        ByteSink sink = new ByteSink().put("{\"@odata.context\":" + quote(links.rowContext()) + ",");
        new RowWriter(table.layout(), selection, Annotations.of(question.preferences())).writeMembers(sink, row);
        return Body.of(sink.put("}"));
    }
}
