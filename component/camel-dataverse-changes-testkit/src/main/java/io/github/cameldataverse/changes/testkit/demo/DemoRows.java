package io.github.cameldataverse.changes.testkit.demo;

import java.time.Clock;
import java.util.Map;
import java.util.Random;

/** Generates sample rows of one table. Not thread-safe. */
interface DemoRows {
    /** The columns of a new row. */
    Map<String, Object> columns();

    /** The columns of a change: one or a few. */
    Map<String, Object> change();

    static DemoRows of(String table, Random random, Clock clock) {
        return switch (table) {
            case "account" -> new DemoAccounts(new SampleValues(random, clock));
            case "contact" -> new DemoContacts(new SampleValues(random, clock));
            default ->
                throw new IllegalArgumentException(
                        "There are demo rows for the tables account and contact, not for '" + table + "'");
        };
    }
}
