package io.github.cameldataverse.changes.lab;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;

/** Compares two tables cell by cell, and names the first few cells that differ. */
final class TableDifferences {

    private TableDifferences() {}

    static void assertSame(Map<String, Map<String, Object>> expected, Map<String, Map<String, Object>> actual) {
        Assertions.assertThat(actual.keySet()).isEqualTo(expected.keySet());
        List<String> cells = expected.entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .filter(cell -> !cell.getKey().equals("accountid"))
                        .filter(cell ->
                                !same(cell.getValue(), actual.get(row.getKey()).get(cell.getKey())))
                        .map(cell -> row.getKey() + "." + cell.getKey() + ": " + cell.getValue() + " <> "
                                + actual.get(row.getKey()).get(cell.getKey())))
                .limit(10)
                .toList();
        Assertions.assertThat(cells).isEmpty();
    }

    private static boolean same(Object expected, Object actual) {
        if (expected instanceof Integer number && actual instanceof Long) {
            return number.longValue() == (Long) actual;
        }
        return Objects.equals(expected, actual);
    }
}
