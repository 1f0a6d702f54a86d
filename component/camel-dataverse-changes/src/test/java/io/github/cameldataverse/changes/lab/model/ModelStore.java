package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;

/** Where the readers of a walk have their token: a real repository, which can be out of order, and can be lost. */
final class ModelStore implements AutoCloseable {

    /** The kinds of stores. */
    enum Kind {
        MEMORY,
        FILE,
        JDBC,
        /** In the transaction in which the route writes: {@code manualCommit=true}. */
        TRANSACTION;

        boolean isTransactional() {
            return this == TRANSACTION;
        }
    }

    /** How it works. */
    enum Order {
        WELL,
        /** A full disk. */
        READ_ONLY,
        GONE,
        /** It writes, and does not come to say so, once. */
        MUTE
    }

    static final Set<String> READS = Set.of("load", "isKept", "olderThan", "rounds", "tally");
    static final Set<String> WRITES =
            Set.of("delivered", "advance", "takeOver", "replace", "begin", "expect", "expectAnew", "forget");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Kind kind;
    private final Path directory;
    private JdbcDataSource database = new JdbcDataSource();
    private ModelTransactions transactions;
    private DeltaTokenRepository real;
    private Order order = Order.WELL;

    ModelStore(Kind kind, Path directory) {
        this.kind = kind;
        this.directory = directory;
        begin();
    }

    private void begin() {
        int number = NAMES.incrementAndGet();
        database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:walk" + number + ";DB_CLOSE_DELAY=-1");
        transactions = new ModelTransactions(database);
        real = switch (kind) {
            case MEMORY -> new MemoryDeltaTokenRepository();
            case FILE -> new FileDeltaTokenRepository(directory.resolve("tokens" + number));
            case JDBC -> new JdbcDeltaTokenRepository(database);
            case TRANSACTION -> new JdbcDeltaTokenRepository(transactions.joining());
        };
        real.start();
    }

    /** All that was stored is lost; readers that have it open are to be started again. */
    void lose() throws SQLException {
        close();
        begin();
    }

    void set(Order next) {
        order = next;
    }

    boolean isTransactional() {
        return kind.isTransactional();
    }

    ModelTransactions transactions() {
        return transactions;
    }

    /** For one reader, which neither starts nor stops it. */
    DeltaTokenRepository repository() {
        return InterceptingProxy.to(DeltaTokenRepository.class, real, this::call);
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        String name = method.getName();
        if (name.equals("start") || name.equals("stop")) {
            return null;
        }
        boolean writes = WRITES.contains(name);
        if (order == Order.GONE && (writes || READS.contains(name)) || order == Order.READ_ONLY && writes) {
            throw new TokenStoreException("The token store is out of order", new IllegalStateException());
        }
        Object result = made.call();
        if (order == Order.MUTE && writes) {
            order = Order.WELL;
            throw new TokenStoreException("The token store gave no answer", new IllegalStateException());
        }
        return name.equals("knownIds")
                ? ((Optional<?>) result).map(ids -> InterceptingProxy.to(KnownIds.class, ids, this::call))
                : result;
    }

    @Override
    public void close() throws SQLException {
        real.stop();
        if (kind == Kind.MEMORY || kind == Kind.FILE) {
            return;
        }
        // Thousands of walks would fill the memory with their databases.
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
