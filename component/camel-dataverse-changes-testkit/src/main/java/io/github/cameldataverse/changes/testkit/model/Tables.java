package io.github.cameldataverse.changes.testkit.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables by name, in the order in which they were defined. Guarded by {@link Organization}. */
final class Tables {
    private final Map<String, Table> byName = new LinkedHashMap<>();

    Table named(String logicalName) {
        Table table = byName.get(logicalName);
        if (table == null) {
            throw new IllegalArgumentException("There is no table '" + logicalName + "' in the simulator; there are "
                    + String.join(", ", byName.keySet()) + ". Define it first");
        }
        return table;
    }

    void define(TableDefinition definition) {
        Table old = byName.get(definition.logicalName());
        byName.put(definition.logicalName(), old == null ? new Table(definition) : old.under(definition));
    }

    List<TableDefinition> definitions() {
        return byName.values().stream().map(Table::definition).toList();
    }

    Collection<Table> all() {
        return byName.values();
    }

    void empty() {
        byName.values().forEach(Table::empty);
    }
}
