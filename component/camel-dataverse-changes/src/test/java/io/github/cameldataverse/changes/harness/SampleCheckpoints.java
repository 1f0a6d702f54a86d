package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Checkpoints and subscriptions for the tests of this room. */
public final class SampleCheckpoints {

    public static final Instant NOW = Instant.parse("2026-05-17T10:15:30.123456789Z");
    public static final String LINK =
            "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$select=name&$deltatoken=";
    public static final SubscriptionId ACCOUNTS = subscription("account", "default");

    private SampleCheckpoints() {}

    public static SubscriptionId subscription(String table, String name) {
        return new SubscriptionId("https://contoso.crm4.dynamics.com", table, name);
    }

    public static Checkpoint first() {
        return Checkpoint.first(Phase.INITIAL, NOW, "columns:name");
    }

    /** The checkpoint that stands {@code revision - 1} pages after the first one. */
    public static Checkpoint revision(long revision) {
        return new Checkpoint(
                revision, 1, Phase.DELTA, LINK + "1", LINK + revision, revision - 1, 0, NOW, "columns:name");
    }

    public static Checkpoint random(Random random) {
        return new Checkpoint(
                1 + random.nextLong(Long.MAX_VALUE),
                1 + random.nextLong(Long.MAX_VALUE),
                List.of(Phase.values()).get(random.nextInt(Phase.values().length)),
                random.nextBoolean() ? null : text(random, 3000),
                random.nextBoolean() ? null : text(random, 3000),
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                Instant.ofEpochSecond(
                        random.nextLong(-100_000_000_000L, 100_000_000_000L), random.nextInt(1_000_000_000)),
                text(random, 100));
    }

    /** Any text, with control characters, lone surrogates and all. */
    public static String text(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
