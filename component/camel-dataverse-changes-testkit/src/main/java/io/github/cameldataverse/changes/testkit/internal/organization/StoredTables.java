package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables by name, in the order of their definition. Guarded by the lock of {@link OrganizationTables}. */
final class StoredTables {
    private final Map<String, StoredTable> byName = new LinkedHashMap<>();

    StoredTable named(String logicalName) {
        StoredTable table = byName.get(logicalName);
        if (table == null) {
            throw new IllegalArgumentException("There is no table '" + logicalName + "' in the simulator; there are "
                    + String.join(", ", byName.keySet()) + ". Define it first");
        }
        return table;
    }

    void define(TableSchema definition) {
        StoredTable old = byName.get(definition.logicalName());
        byName.put(definition.logicalName(), old == null ? new StoredTable(definition) : old.redefined(definition));
    }

    List<TableSchema> definitions() {
        return byName.values().stream().map(StoredTable::definition).toList();
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Collection<StoredTable> all() {
        return byName.values();
    }

    void remove(String logicalName) {
        byName.remove(logicalName);
    }

    void empty() {
        byName.values().forEach(StoredTable::empty);
    }
}
