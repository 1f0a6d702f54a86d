package io.github.cameldataverse.changes.internal.subscription;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, checked and never to change. Everything behind the lobby works from this.
 *
 * @param organization scheme, host and port of the organization
 * @param table logical name or entity set name, as the user wrote it
 * @param name name of the reader
 * @param query what is asked of the table
 * @param repository where the token is
 * @param start what to do without a token
 * @param resyncOnExpiry what to do when the token has expired
 * @param fullLoads what keeps a full load honest
 * @param delivery how changes become exchanges
 * @param limits where patience ends
 * @param signIn how access tokens are had
 * @param caller object id of the user to impersonate; null for nobody
 * @param additionalOrigins other origins that may see the access token
 * @param httpOptions options of Camel's HTTP endpoint, checked
 * @param producing what a producer does
 * @param preflight whether the table is looked up while the route starts
 */
public record Subscription(
        URI organization,
        String table,
        String name,
        TrackingQuery query,
        DeltaTokenRepository repository,
        StartFrom start,
        boolean resyncOnExpiry,
        FullLoads fullLoads,
        Delivery delivery,
        Limits limits,
        SignIn signIn,
        @Nullable UUID caller,
        List<URI> additionalOrigins,
        Map<String, Object> httpOptions,
        Producing producing,
        boolean preflight) {

    /** @throws IllegalArgumentException with a sentence, if an option is missing, unknown or at odds with another */
    public static Subscription of(String table, DataverseChangesConfiguration options, DeltaTokenRepository memory) {
        return new SubscriptionOptions(table, options).checked(memory);
    }

    /** Identity of the token, once the logical name of the table is known. */
    public SubscriptionId id(String origin, String logicalName) {
        return new SubscriptionId(origin, logicalName, name);
    }

    public enum StartFrom {
        INITIAL,
        STORED,
        NOW
    }

    public enum BodyType {
        STRING,
        MAP,
        NODE
    }

    public enum Operation {
        COUNT,
        TOKEN,
        RESYNC,
        TABLES,
        ENABLE,
        DATES
    }

    /**
     * How changes become exchanges.
     *
     * @param perPage one exchange per page instead of one per change
     * @param manualCommit whether the route commits each exchange itself
     * @param upsertKind whether creates are told from updates
     */
    public record Delivery(
            BodyType bodyType, boolean perPage, boolean breakOnFirstError, boolean manualCommit, boolean upsertKind) {}

    /**
     * What a producer does.
     *
     * @param fromDocument whether tables are looked up in the document {@code $metadata}
     * @param confirmed whether what cannot be undone may be done
     */
    public record Producing(Operation operation, boolean fromDocument, boolean confirmed) {}

    /**
     * What keeps a full load honest.
     *
     * @param knownIds whether the ids of delivered records are kept, so that a reload can delete what is gone
     * @param maxInitialRows rows that it may deliver; 0 for any number
     * @param guard may refuse it
     */
    public record FullLoads(boolean knownIds, long maxInitialRows, @Nullable FullLoadGuard guard) {}

    /** Where patience ends. */
    public record Limits(int maxPageBytes, int maxRowBytes, Duration request, Duration maxRetryAfter, int maxRetries) {}

    @Override
    public String toString() {
        return table + "/" + name + " at " + organization;
    }
}
