package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Instant;

/** Checkpoints and subscriptions of the tests of repositories. */
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
}
