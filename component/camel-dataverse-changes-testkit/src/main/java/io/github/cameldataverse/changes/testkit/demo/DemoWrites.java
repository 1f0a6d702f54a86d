package io.github.cameldataverse.changes.testkit.demo;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One write each time it runs: of ten, five updates, three creates and two deletes; accounts twice as often as contacts. */
final class DemoWrites implements Runnable {
    private final Random random;
    private final Desk accounts;
    private final Desk contacts;
    private int misses;

    DemoWrites(DataverseSimulator simulator, Random random) {
        this.random = random;
        this.accounts = new Desk(simulator, "account", random);
        this.contacts = new Desk(simulator, "contact", random);
    }

    @Override
    public void run() {
        try {
            write();
        } catch (IllegalArgumentException goneMeanwhile) {
            // Somebody else deleted the row between our look and our write: the next write is another one.
            misses++;
        }
    }

    /** How often somebody else was faster. */
    int misses() {
        return misses;
    }

    private void write() {
        Desk desk = random.nextInt(3) == 0 ? contacts : accounts;
        int dice = random.nextInt(10);
        if (dice < 3 || desk.isNearlyEmpty()) {
            desk.create();
        } else if (dice < 8) {
            desk.update();
        } else {
            desk.delete();
        }
    }

    /** A table and who works on it. */
    private static final class Desk {
        private static final int FEW = 10;

        private final SimulatedTable table;
        private final DemoRows rows;
        private final Random random;
        private final List<String> ids;

        Desk(DataverseSimulator simulator, String name, Random random) {
            this.table = simulator.table(name);
            this.rows = DemoRows.of(name, random, simulator.clock());
            this.random = random;
            this.ids = new ArrayList<>(table.ids());
        }

        boolean isNearlyEmpty() {
            return ids.size() < FEW;
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
