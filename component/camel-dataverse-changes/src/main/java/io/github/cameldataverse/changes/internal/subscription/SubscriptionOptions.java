package io.github.cameldataverse.changes.internal.subscription;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.internal.http.HttpOptions;
import io.github.cameldataverse.changes.internal.http.answer.ExactJson;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.internal.orgservice.OrganizationServiceSource;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.internal.subscription.Subscription.Delivery;
import io.github.cameldataverse.changes.internal.subscription.Subscription.FullLoads;
import io.github.cameldataverse.changes.internal.subscription.Subscription.Limits;
import io.github.cameldataverse.changes.internal.subscription.Subscription.Producing;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/** Checks the options one by one, and says of the first bad one what is wrong with it and what would be right. */
public final class SubscriptionOptions {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,127}";

    private final String table;
    private final DataverseChangesConfiguration options;

    private SubscriptionOptions(String table, DataverseChangesConfiguration options) {
        this.table = table;
        this.options = options;
    }

    /**
     * What an endpoint is to read.
     *
     * @param memory keeps the token if the options name no repository
     * @throws IllegalArgumentException with a sentence, if an option is missing, unknown or at odds with another
     */
    public static Subscription check(String table, DataverseChangesConfiguration options, DeltaTokenRepository memory) {
        return new SubscriptionOptions(table, options).checked(memory);
    }

    private Subscription checked(DeltaTokenRepository memory) {
        URI organization =
                new OriginOption("organizationUrl", options.getOrganizationUrl(), options.isAllowInsecure()).checked();
        Limits limits = limits();
        return new Subscription(
                organization,
                tableName(),
                OptionValues.matching("subscription", options.getSubscription(), "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"),
                query(organization),
                repository(memory),
                options.getStartFrom(),
                options.getOnTokenExpired(),
                options.getOnNarrowedLink(),
                fullLoads(),
                delivery(limits),
                limits,
                new SignInOptions(options, organization, System::getenv).checked(),
                caller(),
                additionalOrigins(),
                httpOptions(),
                producing(),
                options.isPreflight(),
                options.isAllowElastic());
    }

    private String tableName() {
        RefusedQueryOptions.checkText(table);
        if (table.isBlank()) {
            throw new IllegalArgumentException(
                    "The endpoint names no table; write it after the colon, for example dataverse-changes:account");
        }
        if (!table.matches(NAME)) {
            throw new IllegalArgumentException(
                    "The table in the endpoint must be a logical name or an entity set name of"
                            + " letters, digits and underscores, for example dataverse-changes:account, not \"" + table
                            + "\"");
        }
        return table;
    }

    private TrackingQuery query(URI organization) {
        String version = OptionValues.matching("apiVersion", options.getApiVersion(), "v9\\.\\d");
        return OrganizationServiceSource.checked(new TrackingQuery(
                options.getApi(),
                organization + "/api/data/" + version + "/",
                columns(),
                annotations(),
                OptionValues.within("maxPageSize", options.getMaxPageSize(), 1, 5000)));
    }

    private List<String> columns() {
        String select = options.getSelect();
        if (select == null || select.isBlank()) {
            return List.of();
        }
        RefusedQueryOptions.checkText(select);
        List<String> columns =
                Arrays.stream(select.split(",", -1)).map(String::strip).toList();
        columns.forEach(column -> {
            if (!column.matches(NAME)) {
                throw new IllegalArgumentException(
                        "The option select must be column names separated by commas, and \"" + column + "\" is none");
            }
        });
        return columns;
    }

    private String annotations() {
        String annotations = options.getIncludeAnnotations();
        return annotations == null
                ? ""
                : OptionValues.matching("includeAnnotations", annotations, "[A-Za-z0-9_.*,@-]+");
    }

    private DeltaTokenRepository repository(DeltaTokenRepository memory) {
        IdempotentRepository repository = options.getIdempotentRepository();
        if (repository == null) {
            return memory;
        }
        if (repository instanceof DeltaTokenRepository deltaTokens) {
            return deltaTokens;
        }
        return new KeySetTokenRepository(repository);
    }

    private FullLoads fullLoads() {
        if (options.getMaxInitialRows() < 0) {
            throw new IllegalArgumentException("The option maxInitialRows must be a number of rows, or 0 for no limit,"
                    + " and " + options.getMaxInitialRows() + " is neither");
        }
        return new FullLoads(
                options.isKnownIds(), options.getMaxInitialRows(), maxDerivedDeletes(), options.getFullLoadGuard());
    }

    private OptionalLong maxDerivedDeletes() {
        Long most = options.getMaxDerivedDeletes();
        if (most != null && most < 0) {
            throw new IllegalArgumentException(
                    "The option maxDerivedDeletes must be a number of records, 0 for none, and " + most
                            + " is not; leave it out for the rule of more than 100 and more than a fifth");
        }
        return most == null ? OptionalLong.empty() : OptionalLong.of(most);
    }

    private Delivery delivery(Limits limits) {
        return new Delivery(
                options.getBodyType(),
                options.getBodyMembers(),
                ExactJson.mapper(options.getObjectMapper(), limits.maxRowBytes()),
                options.getExchangePer(),
                OptionValues.within("batchSize", options.getBatchSize(), 1, PageLimits.MOST_CHANGES),
                options.isBreakOnFirstError(),
                options.isManualCommit(),
                upsertKind(),
                Duration.ofMillis(OptionValues.positive("maxInflightTime", options.getMaxInflightTime())));
    }

    private boolean upsertKind() {
        if (options.isUpsertKind() && options.getExchangePer() != ExchangePer.CHANGE) {
            throw new IllegalArgumentException("The option upsertKind needs exchangePer=change: it is told in headers,"
                    + " and the exchange of a batch or a page has many changes");
        }
        return options.isUpsertKind();
    }

    private Producing producing() {
        return new Producing(options.getOperation(), options.getTablesFrom(), options.isConfirm());
    }

    private Limits limits() {
        return new Limits(
                OptionValues.within("maxPageBytes", options.getMaxPageBytes(), 1024, 1 << 30),
                OptionValues.within("maxRowBytes", options.getMaxRowBytes(), 1024, 1 << 30),
                Duration.ofMillis(OptionValues.positive("requestTimeout", options.getRequestTimeout())),
                Duration.ofMillis(OptionValues.positive("maxRetryAfter", options.getMaxRetryAfter())),
                OptionValues.within("maxRetries", options.getMaxRetries(), 0, 10));
    }

    private @Nullable UUID caller() {
        String caller = options.getCallerObjectId();
        if (caller == null || caller.isBlank()) {
            return null;
        }
        // The JDK reads shorter texts as well, and would make another id of them.
        if (!caller.strip().matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")) {
            throw new IllegalArgumentException("The option callerObjectId must be the object id of a user in Microsoft"
                    + " Entra ID, a GUID, and \"" + caller + "\" is none");
        }
        if (options.getApi() == ChangeTrackingApi.ORGANIZATION_SERVICE) {
            throw new IllegalArgumentException(
                    "The option callerObjectId needs api=webApi: the Organization Service knows"
                            + " no such header, and would read with all the rights of the application");
        }
        return UUID.fromString(caller.strip());
    }

    private List<URI> additionalOrigins() {
        String origins = options.getAdditionalOrigins();
        return origins == null || origins.isBlank()
                ? List.of()
                : Arrays.stream(origins.split(","))
                        .map(origin -> new OriginOption("additionalOrigins", origin.strip(), options.isAllowInsecure())
                                .checked())
                        .toList();
    }

    private Map<String, Object> httpOptions() {
        HttpOptions.check(options.getHttpOptions());
        Map<String, Object> checked = new HashMap<>(options.getHttpOptions());
        if (options.getSslContextParameters() != null) {
            checked.put("sslContextParameters", options.getSslContextParameters());
        }
        return Map.copyOf(checked);
    }
}
