package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.CallerTransaction;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Holds delta tokens and plain keys in four tables of a database: {@code dataverse_checkpoint}, one row per
 * subscription; {@code dataverse_delivered}, one row per change of the current page; {@code dataverse_idempotent}, one row
 * per plain key; {@code dataverse_known}, one row per known id, where they are kept. Tried with PostgreSQL and H2.
 *
 * <p>An advance is one transaction: the checkpoint moves if it still has the expected revision, and the deliveries go.
 * Several processes may share the tables: of two readers of one subscription exactly one advances, and the other one is
 * told at its next change. After a crash of this process at most one change is delivered twice. On PostgreSQL the notes of
 * what is delivered are not forced to the disk one by one: a crash of the database may repeat the changes of its last
 * second, never lose one.
 *
 * <p>A connection with auto-commit is committed here. One without takes part in a transaction of the caller (JTA, or a
 * transaction-aware proxy): it is joined, and the caller decides. A data source whose connections never have auto-commit is
 * refused at the start, because nothing would be committed.
 *
 * <p>Must be started before use, which a CamelContext does for its services. Use a pooled data source: there is one
 * connection per delivered change. Safe for use by several threads.
 */
@Metadata(
        label = "bean",
        description = "Holds delta tokens, and the keys of an idempotent consumer, in tables of a database.",
        annotations = {"interfaceName=org.apache.camel.spi.IdempotentRepository"})
@Configurer(metadataOnly = true)
@ManagedResource(description = "Delta tokens in a database")
public class JdbcDeltaTokenRepository extends ServiceSupport implements DeltaTokenRepository {

    private static final String DEFAULT_PREFIX = "dataverse_";

    @Metadata(description = "Data source of the tables, pooled", required = true)
    private @Nullable DataSource dataSource;

    @Metadata(description = "What the names of the tables begin with: a-z, 0-9 and _", defaultValue = DEFAULT_PREFIX)
    private String tablePrefix = DEFAULT_PREFIX;

    @Metadata(description = "Whether missing tables are created at the start", defaultValue = "true")
    private boolean createTables = true;

    private volatile @Nullable Started started;

    /** A repository of which the data source is still to be set. */
    public JdbcDeltaTokenRepository() {}

    /** @param dataSource where the tables are, or will be created at the start */
    public JdbcDeltaTokenRepository(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws TokenStoreException if the database cannot be reached, or the tables are missing */
    @Override
    protected void doStart() {
        if (dataSource == null) {
            throw new IllegalArgumentException("JdbcDeltaTokenRepository needs the property 'dataSource'.");
        }
        TokenStatements tables = new TokenStatements(tablePrefix);
        Sql sql = new Sql(dataSource, "the database tables " + tablePrefix + "*");
        TableCreation.Abilities abilities = new TableCreation(sql, tables).prepare(createTables);
        started = new Started(
                sql,
                tables,
                new TokenRows(sql, tables, abilities),
                new PlainKeyRows(sql, tables),
                new Transactions(sql, abilities.transactionName()));
    }

    @Override
    protected void doStop() {
        started = null;
    }

    private Started started() {
        Started current = started;
        if (current == null) {
            throw new IllegalStateException("The repository of " + this + " is not started.");
        }
        return current;
    }

    @Override
    public Optional<StoredToken> load(SubscriptionId subscription) {
        return started().tokens.load(subscription);
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
        started().tokens.delivered(subscription, revision, List.of(new DeliveredChange(recordId, what)));
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, Map<String, String> delivered) {
        started().tokens.delivered(subscription, revision, DeliveredChange.all(delivered));
    }

    @Override
    public void advance(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered) {
        List<DeliveredChange> carried = DeliveredChange.all(delivered);
        started().tokens.advance(subscription, expectedRevision, next, carried, connection -> 0);
    }

    @Override
    public StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        return started().tokens.takeOver(subscription, expectedRevision, next);
    }

    @Override
    public void replace(SubscriptionId subscription, Checkpoint next) {
        started().tokens.replace(subscription, next);
    }

    @Override
    public Optional<KnownIds> knownIds(SubscriptionId subscription) {
        Started now = started();
        return Optional.of(new JdbcKnownIds(now.sql, now.tables, now.tokens, subscription));
    }

    @Override
    public CallerTransaction transaction() {
        return started().transactions.current();
    }

    @Override
    @ManagedOperation(description = "Adds a plain key")
    public boolean add(String key) {
        return started().keys.add(key);
    }

    @Override
    @ManagedOperation(description = "Whether a plain key is held")
    public boolean contains(String key) {
        return started().keys.contains(key);
    }

    @Override
    @ManagedOperation(description = "Removes a plain key")
    public boolean remove(String key) {
        return started().keys.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    @ManagedOperation(description = "Removes all plain keys; tokens stay")
    public void clear() {
        started().keys.clear();
    }

    public @Nullable DataSource getDataSource() {
        return dataSource;
    }

    /** Where the tables are; a pool, since there is one connection per delivered change. */
    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @ManagedAttribute(description = "What the names of the tables begin with")
    public String getTablePrefix() {
        return tablePrefix;
    }

    /** What the names of the tables begin with: 1 to 50 of a-z, 0-9 and _, not beginning with a digit. */
    public void setTablePrefix(String tablePrefix) {
        this.tablePrefix = new TokenStatements(tablePrefix).prefix();
    }

    @ManagedAttribute(description = "Whether missing tables are created at the start")
    public boolean isCreateTables() {
        return createTables;
    }

    /** Whether missing tables are created at the start; if not, they must be there. */
    public void setCreateTables(boolean createTables) {
        this.createTables = createTables;
    }

    @Override
    public String toString() {
        return "delta tokens in database tables " + tablePrefix + "*";
    }

    private record Started(
            Sql sql, TokenStatements tables, TokenRows tokens, PlainKeyRows keys, Transactions transactions) {}
}
