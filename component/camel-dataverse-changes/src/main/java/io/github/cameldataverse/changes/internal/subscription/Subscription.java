package io.github.cameldataverse.changes.internal.subscription;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.DataverseChangesOperations;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.BodyMembers;
import io.github.cameldataverse.changes.option.BodyType;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.option.OnNarrowedLink;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.option.TablesFrom;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, checked and immutable. All packages of {@code internal} work from this.
 *
 * @param organization scheme, host and port of the organization
 * @param table logical name or entity set name, as the user wrote it
 * @param name name of the reader
 * @param query what is asked of the table
 * @param repository where the token is
 * @param start what to do without a token
 * @param onTokenExpired what to do when the token has expired
 * @param onNarrowedLink what to do when the service leaves out columns that were asked for
 * @param fullLoads what a full load may do
 * @param delivery how changes become exchanges
 * @param limits how large an answer may be, and how long and how often to wait for it
 * @param signIn how access tokens are obtained
 * @param caller object id of the user to impersonate; null for none
 * @param additionalOrigins other origins that may see the access token
 * @param httpOptions options of Camel's HTTP endpoint, checked
 * @param producing what a producer does
 * @param preflight whether the table is looked up while the route starts
 * @param allowElastic whether the table may be one whose records an id alone does not name
 */
public record Subscription(
        URI organization,
        String table,
        String name,
        TrackingQuery query,
        DeltaTokenRepository repository,
        StartFrom start,
        OnTokenExpired onTokenExpired,
        OnNarrowedLink onNarrowedLink,
        FullLoads fullLoads,
        Delivery delivery,
        Limits limits,
        SignIn signIn,
        @Nullable UUID caller,
        List<URI> additionalOrigins,
        Map<String, Object> httpOptions,
        Producing producing,
        boolean preflight,
        boolean allowElastic) {

    /** Identity of the token, once the logical name of the table is known. */
    public SubscriptionId id(String origin, String logicalName) {
        return new SubscriptionId(origin, logicalName, name);
    }

    /** How to ask for a full reload, for a sentence that says that one is needed. */
    public String reload() {
        return "To read the table again, send anything to dataverse-changes:" + table + "?subscription=" + name
                + "&operation=resync, with the other options as the reader has them";
    }

    /**
     * How changes become exchanges.
     *
     * @param bodyType what the body of a change is
     * @param bodyMembers what of a row is in it
     * @param json reads the rows of maps and nodes, and keeps every digit of a number
     * @param exchangePer what one exchange carries
     * @param batchSize how many changes a batch has at most
     * @param manualCommit whether the route commits each exchange itself
     * @param upsertKind whether creates are told from updates
     * @param maxInflight how long the route may have one exchange
     */
    public record Delivery(
            BodyType bodyType,
            BodyMembers bodyMembers,
            ObjectMapper json,
            ExchangePer exchangePer,
            int batchSize,
            boolean breakOnFirstError,
            boolean manualCommit,
            boolean upsertKind,
            Duration maxInflight) {}

    /**
     * What a producer does.
     *
     * @param operation unless the header of a message names another
     * @param tablesFrom where tables are looked up
     * @param confirm whether what cannot be undone may be done
     */
    public record Producing(DataverseChangesOperations operation, TablesFrom tablesFrom, boolean confirm) {

        /** Whether an operation looks into the token repository. */
        public static boolean needsTokens(DataverseChangesOperations operation) {
            return switch (operation) {
                case COUNT, TOKEN, RESYNC, ALLOW_DELETES -> true;
                case TABLES, ENABLE, DATES -> false;
            };
        }

        /** Whether the operation of the option does. */
        public boolean needsTokens() {
            return needsTokens(operation);
        }
    }

    /**
     * What a full load may do.
     *
     * @param knownIds whether the ids of delivered records are kept, so that a reload can delete what is gone
     * @param maxInitialRows rows that it may deliver; 0 for any number
     * @param maxDerivedDeletes that it may end with unless an operator allows more; empty for the rule of the component
     * @param guard may refuse it
     */
    public record FullLoads(
            boolean knownIds, long maxInitialRows, OptionalLong maxDerivedDeletes, @Nullable FullLoadGuard guard) {}

    /** How large an answer may be, and how long and how often to wait for it. */
    public record Limits(int maxPageBytes, int maxRowBytes, Duration request, Duration maxRetryAfter, int maxRetries) {}

    @Override
    public String toString() {
        return table + "/" + name + " at " + organization;
    }
}
