package io.github.cameldataverse.changes.contracts;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Instant;

/** The checkpoints and subscriptions of the contracts, for further tests of a repository. Immutable. */
public final class ContractCheckpoints {

    /** When all of these checkpoints were obtained: to the nanosecond, which a store must not round. */
    public static final Instant NOW = Instant.parse("2026-05-17T10:15:30.123456789Z");

    /** A delta link without the token at its end. */
    public static final String LINK =
            "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$select=name&$deltatoken=";

    /** The subscription that the contracts read and write. */
    public static final SubscriptionId ACCOUNTS = subscription("account", "default");

    /** An organization of which the id is known. */
    public static final Organization ORGANIZATION = new Organization(
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "https://contoso.crm4.dynamics.com", 1_779_012_930_123L);

    private ContractCheckpoints() {}

    /** A subscription of the same organization. */
    public static SubscriptionId subscription(String table, String name) {
        return new SubscriptionId("https://contoso.crm4.dynamics.com", table, name);
    }

    /** The checkpoint of a reader that has read nothing yet: revision 1, without links. */
    public static Checkpoint first() {
        return Checkpoint.first(Phase.INITIAL, NOW, "columns:name");
    }

    /** The checkpoint that stands {@code revision - 1} pages after the first one. */
    public static Checkpoint revision(long revision) {
        return new Checkpoint(
                revision, 1, Phase.DELTA, LINK + "1", LINK + revision, revision - 1, 0, NOW, "columns:name");
    }

    /** The same checkpoint of the {@link #ORGANIZATION}. */
    public static Checkpoint ofOrganization(long revision) {
        return revision(revision).with(ORGANIZATION);
    }
}
