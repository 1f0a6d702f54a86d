package io.github.cameldataverse.changes.testkit.demo;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes one write each time it runs: of ten, five updates, three creates and two deletes; accounts twice as often as contacts. */
final class DemoWrites implements Runnable {
    private final Random random;
    private final TableWrites accounts;
    private final TableWrites contacts;
    private int misses;

    DemoWrites(DataverseSimulator simulator, Random random) {
        this.random = random;
        this.accounts = new TableWrites(simulator, "account", random);
        this.contacts = new TableWrites(simulator, "contact", random);
    }

    @Override
    public void run() {
        try {
            write();
        } catch (IllegalArgumentException goneMeanwhile) {
            // Another client deleted the row between our check and our write: the next write is another one.
            misses++;
        }
    }

    /** How often another client had deleted the row before. */
    int misses() {
        return misses;
    }

    private void write() {
        TableWrites table = random.nextInt(3) == 0 ? contacts : accounts;
        int dice = random.nextInt(10);
        if (dice < 3 || table.isNearlyEmpty()) {
            table.create();
        } else if (dice < 8) {
            table.update();
        } else {
            table.delete();
        }
    }

    /** The writes to one table. */
    private static final class TableWrites {
        private static final int MIN_ROWS = 10;

        private final SimulatedTable table;
        private final DemoRows rows;
        private final Random random;
        private final List<String> ids;

        TableWrites(DataverseSimulator simulator, String name, Random random) {
            this.table = simulator.table(name);
            this.rows = DemoRows.of(name, random, simulator.clock());
            this.random = random;
            this.ids = new ArrayList<>(table.ids());
        }

        boolean isNearlyEmpty() {
            return ids.size() < MIN_ROWS;
        }

        void create() {
            ids.add(table.create(rows.columns()));
        }

        void update() {
            String id = ids.get(random.nextInt(ids.size()));
            if (table.contains(id)) {
                table.update(id, rows.change());
            } else {
                ids.remove(id);
            }
        }

        void delete() {
            String id = ids.remove(random.nextInt(ids.size()));
            if (table.contains(id)) {
                table.delete(id);
            }
        }
    }
}
