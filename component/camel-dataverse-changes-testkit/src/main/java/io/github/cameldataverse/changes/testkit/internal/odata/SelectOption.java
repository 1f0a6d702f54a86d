package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns that {@code $select} asks for, in their order.
 *
 * @param text the value of {@code $select}, or empty for all columns
 * @param columns their positions; the primary id is always among them, last unless it was selected
 */
record SelectOption(Optional<String> text, List<Integer> columns) {
    static SelectOption of(QueryParameters query, StoredTable table, Switches switches) {
        Optional<String> text = query.value("$select").map(String::trim).filter(select -> !select.isEmpty());
        RowLayout layout = table.layout();
        List<Integer> columns = new ArrayList<>();
        for (String name : text.map(select -> select.split(",")).orElse(new String[0])) {
            int position = layout.position(name.trim()).orElseThrow(() -> unknown(name.trim(), table, switches));
            if (!columns.contains(position)) {
                columns.add(position);
            }
        }
        return new SelectOption(text, complete(columns, text.isPresent(), layout));
    }

    /** Its form in the context of a response. */
    String inContext() {
        return text.map(select -> "(" + select + ")").orElse("");
    }

    private static List<Integer> complete(List<Integer> columns, boolean selected, RowLayout layout) {
        for (int i = 0; !selected && i < layout.size(); i++) {
            columns.add(i);
        }
        if (!columns.contains(layout.primaryId())) {
            columns.add(layout.primaryId());
        }
        return List.copyOf(columns);
    }

    private static ServiceRefusalException unknown(String name, StoredTable table, Switches switches) {
        return new ServiceRefusalException(
                400,
                switches.get(Switch.UNKNOWN_COLUMN_CODE),
                "Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM."
                        + table.definition().logicalName() + "'.");
    }
}
