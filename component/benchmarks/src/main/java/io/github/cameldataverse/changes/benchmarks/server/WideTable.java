package io.github.cameldataverse.changes.benchmarks.server;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A table of as many columns as one likes, their types mixed as in {@code account}: 57 of them make some 2.2 kB a row. The same
 * columns hold the same values in each run.
 */
public final class WideTable {

    private static final String NAME = "bench_row";

    /** Most columns of {@code account} are text; a column of each other type comes in between. */
    private static final List<ColumnType> MIX = List.of(
            ColumnType.TEXT,
            ColumnType.TEXT,
            ColumnType.CHOICE,
            ColumnType.TEXT,
            ColumnType.MEMO,
            ColumnType.DECIMAL,
            ColumnType.TEXT,
            ColumnType.YES_NO,
            ColumnType.TEXT,
            ColumnType.DATE_TIME,
            ColumnType.LOOKUP,
            ColumnType.TEXT,
            ColumnType.WHOLE_NUMBER,
            ColumnType.TEXT,
            ColumnType.DATE);

    private static final List<String> WORDS = List.of(
            "Contoso",
            "Miller & Sons",
            "Jane",
            "+43 1 555-0100",
            "Seattle",
            "Purchasing",
            "https://example.com/a?b=c",
            "EC1A 1BB");
    /** Letters outside ASCII: one row in ten has some. */
    private static final List<String> FOREIGN = List.of("Müller & Söhne", "Håkon", "大阪市");

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    /** What a row has of itself: its id, and the five columns that the service maintains. */
    private static final int OWN = 6;

    private final Map<String, ColumnType> columns = new LinkedHashMap<>();
    private final Random random = new Random(57);
    private List<String> words = WORDS;

    /** @param width the number of columns, the id among them */
    WideTable(int width) {
        for (int i = 0; i < width - Math.min(OWN, width); i++) {
            ColumnType type = MIX.get(i % MIX.size());
            String name = "bench_" + type.name().toLowerCase(Locale.ROOT).replace("_", "") + i;
            columns.put(type == ColumnType.LOOKUP ? "_" + name + "_value" : name, type);
        }
    }

    /** Defines so many tables that look alike, and writes rows into the first one; their ids are those of {@link #id}. */
    SimulatedTable writeTo(DataverseSimulator simulator, int tables, int rows) {
        for (int i = 1; i < tables; i++) {
            simulator.define(schema(name(i)));
        }
        SimulatedTable first = simulator.define(schema(name(0)));
        for (int row = 0; row < rows; row++) {
            first.create(id(row), row());
        }
        return first;
    }

    /** The logical name of a table; that of its entity set has an s behind it. */
    public static String name(int table) {
        return NAME + table;
    }

    /** All have the same primary id column, so that a page of one can be served as one of another. */
    private TableSchema schema(String name) {
        return TableSchema.named(name).primaryIdColumn(NAME + "id").columns(columns);
    }

    /** The last twelve digits are left for the page. */
    static String id(int row) {
        return String.format("%08x-0000-4000-8000-%012x", row, 0);
    }

    private Map<String, Object> row() {
        words = random.nextInt(10) == 0 ? FOREIGN : WORDS;
        Map<String, Object> row = new LinkedHashMap<>();
        columns.forEach((name, type) -> row.put(name, value(type)));
        return row;
    }

    private Object value(ColumnType type) {
        return switch (type) {
            case CHOICE -> random.nextInt(10);
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(1_000_000_000), 4);
            case YES_NO -> random.nextBoolean();
            case DATE_TIME -> FIRST.plus(random.nextInt(20_000_000), ChronoUnit.SECONDS);
            case LOOKUP -> new UUID(random.nextLong(), random.nextLong());
            case WHOLE_NUMBER -> random.nextInt();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(20_000));
            case MEMO ->
                "A longer text, as people write it: " + word() + ", " + word() + " \"and\" " + word() + ".\nThe end.";
            default -> word() + " " + random.nextInt(10_000);
        };
    }

    private String word() {
        return words.get(random.nextInt(words.size()));
    }
}
