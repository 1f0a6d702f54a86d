package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Accounts with values of every kind: empty ones, long decimals, quotes and text beyond the first plane. */
public final class SampleAccounts {

    private static final Set<String> MAINTAINED =
            Set.of("statecode", "statuscode", "createdon", "modifiedon", "versionnumber", "accountid");
    private static final List<String> WORDS =
            List.of("Contoso", "O'Brien \"& Sons\"", "Zażółć gęślą", "🚀 Space", "line\nbreak\ttab", "back\\slash", "");

    private final Random random;

    public SampleAccounts(Random random) {
        this.random = random;
    }

    public Map<String, Object> row(int number) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Column column : StandardTables.account().columns()) {
            if (!MAINTAINED.contains(column.name())) {
                row.put(column.name(), random.nextInt(4) == 0 ? null : value(column, number));
            }
        }
        return row;
    }

    private Object value(Column column, int number) {
        return switch (column.type()) {
            case WHOLE_NUMBER, CHOICE, STATE, STATUS -> random.nextInt(1_000_000);
            case BIG_NUMBER -> random.nextLong();
            case DECIMAL, MONEY, FLOAT -> new BigDecimal(new BigInteger(60, random), random.nextInt(11));
            case YES_NO -> random.nextBoolean();
            case LOOKUP, UNIQUE_ID -> new UUID(random.nextLong(), random.nextLong());
            case DATE -> LocalDate.of(2020, 1, 1).plusDays(random.nextInt(3000));
            case DATE_TIME, WALL_TIME ->
                Instant.parse("2020-01-01T00:00:00Z").plus(random.nextInt(100_000_000), ChronoUnit.SECONDS);
            case TEXT, MEMO, CHOICES -> WORDS.get(random.nextInt(WORDS.size())) + " " + number;
        };
    }
}
