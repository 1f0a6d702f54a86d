package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows that tests begin with. */
public final class SampleRows {

    private SampleRows() {}

    /** Creates so many accounts, and gives their ids in the order of creation. */
    public static List<String> accountsIn(SimulatedTable accounts, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .toList();
    }
}
