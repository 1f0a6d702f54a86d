package io.github.cameldataverse.changes.internal.preflight;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.SubscriptionNames;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking;
import io.github.cameldataverse.changes.internal.repository.RepositoryUse;
import io.github.cameldataverse.changes.internal.repository.TokenRepositories;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that a reader of changes needs, before there is one. Reads at most one row, delivers nothing and
 * moves no token. For one use by one thread.
 */
public final class PreflightChecks {

    private static final String LOOK_AT_THE_LINE =
            "Check organizationUrl, the name service, the proxy (http.proxyHost) and the firewall";

    private final CamelContext context;
    private final TokenRepositories repositories;
    private final Subscription subscription;
    private final OrganizationConnection connection;
    private final TokenExpiry expiry;
    private final List<PreflightFinding> findings = new ArrayList<>();
    private @Nullable TableDefinition table;
    private Optional<Checkpoint> stored = Optional.empty();
    private Optional<RepositoryUse> repository = Optional.empty();

    public PreflightChecks(
            CamelContext context,
            TokenRepositories repositories,
            Subscription subscription,
            OrganizationConnection connection) {
        this.context = context;
        this.repositories = repositories;
        this.subscription = subscription;
        this.connection = connection;
        this.expiry = new TokenExpiry(subscription, connection);
    }

    /** One thing to look at: says what it found, or throws what is wrong. */
    private interface Check {
        String look() throws Exception;
    }

    public PreflightReport run() {
        try {
            return looked();
        } finally {
            repository.ifPresent(RepositoryUse::close);
        }
    }

    private PreflightReport looked() {
        boolean store = check("token store", true, this::store, "Check the option idempotentRepository");
        boolean signedIn = check("access token", true, this::signIn, "Check authority, the proxy and the trust store");
        boolean member = check("organization", signedIn, this::organization, LOOK_AT_THE_LINE);
        boolean found = check("table", member, this::table, LOOK_AT_THE_LINE);
        boolean tracked = check("change tracking", found, this::tracking, LOOK_AT_THE_LINE);
        boolean told = !needsDates() || check("date columns", tracked, this::dates, LOOK_AT_THE_LINE);
        boolean readable = check("read and columns", tracked && told, this::oneRow, LOOK_AT_THE_LINE);
        retention(member);
        boolean usable = check("stored token", store && readable, this::storedToken, LOOK_AT_THE_LINE);
        forecast(usable);
        return new PreflightReport(subscription.toString(), findings);
    }

    private boolean check(String name, boolean possible, Check check, String remedy) {
        if (!possible) {
            findings.add(PreflightFinding.skipped(name));
            return false;
        }
        try {
            findings.add(PreflightFinding.ok(name, check.look()));
            return true;
        } catch (Exception e) {
            findings.add(PreflightFinding.failed(name, e, remedy));
            return false;
        }
    }

    /** A key comes and goes: the store can be written, and no token is touched. */
    private String store() {
        repository = Optional.of(repositories.use(context, subscription.repository()));
        String key = "preflight of " + subscription.name();
        subscription.repository().add(key);
        subscription.repository().remove(key);
        return "can be written";
    }

    private String signIn() throws ServiceFault {
        connection.signIn();
        return "obtained";
    }

    private String organization() throws ServiceFault {
        connection.metadata().greet();
        return "reached, and it knows the application";
    }

    private String table() throws ServiceFault {
        TableTracking found = connection.metadata().table(subscription.table());
        return found.logicalName() + ", entity set " + found.entitySet();
    }

    private String tracking() throws ServiceFault {
        // The reader's own lookup, so that its own sentence says what is missing.
        table = connection.table();
        return "on";
    }

    /** The Organization Service does not tell a day from a moment. */
    private boolean needsDates() {
        return subscription.query().api() == ChangeTrackingApi.ORGANIZATION_SERVICE;
    }

    private String dates() throws ServiceFault {
        connection.metadata().dateColumns(found().logicalName());
        return "days can be told from moments";
    }

    private String oneRow() throws ServiceFault {
        connection
                .probe()
                .page(
                        found(),
                        Checkpoint.first(Phase.INITIAL, connection.clock().instant(), ""));
        return "the whole table can be read with the selected columns";
    }

    private void retention(boolean possible) {
        if (!possible) {
            findings.add(PreflightFinding.skipped("retention"));
            return;
        }
        try {
            OptionalInt days = connection.metadata().daysKept();
            findings.add(
                    days.isPresent()
                            ? PreflightFinding.ok("retention", days.getAsInt() + " days")
                            : PreflightFinding.warn("retention", "the organization does not tell"));
        } catch (ServiceFault e) {
            findings.add(PreflightFinding.warn("retention", String.valueOf(e.getMessage())));
        }
    }

    private String storedToken() throws Exception {
        SubscriptionId id = subscription.id(connection.origin(), found().logicalName());
        SubscriptionNames names =
                new SubscriptionNames(subscription.repository(), id, connection.id(), connection.clock());
        stored = CheckpointKeeper.looking(subscription, names, connection.clock())
                .look();
        if (stored.isEmpty()) {
            return none();
        }
        Checkpoint at = stored.get();
        return at.roundLink() == null ? "in the middle of a full load" : waiting(at, at.roundLink());
    }

    private String none() throws TokenUnusableException {
        if (subscription.start() == StartFrom.STORED) {
            throw new TokenUnusableException("No delta token is stored, and startFrom=stored asks for one. If this is a"
                    + " first start, use startFrom=initial");
        }
        return "none: the first poll reads the whole table";
    }

    private String waiting(Checkpoint at, String deltaLink) throws ServiceFault {
        try {
            expiry.requireYoung(at);
            long changes = connection.count(found(), deltaLink);
            return "good, " + changes + " changes wait";
        } catch (ServiceFault.TokenExpired e) {
            if (subscription.onTokenExpired() == OnTokenExpired.RESYNC) {
                stored = Optional.empty();
                return "expired: the first poll reads the whole table again (onTokenExpired=resync)";
            }
            throw new ServiceFault.TokenExpired(
                    e.getMessage() + ". " + subscription.reload() + ", or set onTokenExpired=resync",
                    e.getHttpResponseCode());
        }
    }

    private void forecast(boolean usable) {
        boolean load = stored.map(Checkpoint::isFullLoad).orElse(true);
        if (usable && load) {
            findings.add(new LoadForecast(connection.metadata(), subscription.query()).ofLoad(found().logicalName()));
        } else {
            findings.add(
                    usable
                            ? PreflightFinding.ok(LoadForecast.CHECK, "no full load")
                            : PreflightFinding.skipped(LoadForecast.CHECK));
        }
    }

    private TableDefinition found() {
        TableDefinition known = table;
        if (known == null) {
            throw new IllegalStateException("The table is looked up before anything is asked of it");
        }
        return known;
    }
}
