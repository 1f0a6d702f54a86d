package io.github.cameldataverse.changes.benchmarks.store;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Processor;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What stands behind a reader, by its settings: {@code tokens} are in {@code memory}, {@code file}, {@code h2} or
 * {@code postgres}; its {@code sink} takes some microseconds, or is {@code postgres}. With {@code manualCommit} both are one
 * transaction.
 */
public final class Stores implements AutoCloseable {

    private final Optional<Database> database;
    private final DeltaTokenRepository tokens;
    private final Sink sink;

    private Stores(Optional<Database> database, DeltaTokenRepository tokens, Sink sink) {
        this.database = database;
        this.tokens = tokens;
        this.sink = sink;
    }

    /** @param directory for what is kept in files */
    public static Stores of(ReaderSpec reader, Path directory) throws IOException {
        String tokens = reader.setting("tokens", "file");
        String sink = reader.setting("sink", "0");
        boolean commits = Boolean.parseBoolean(reader.setting("manualCommit", "false"));
        Optional<Database> opened = database(tokens, sink, directory);
        Optional<Database> database = commits ? opened.map(Database::transacted) : opened;
        Sink rows = sink(sink, database);
        return new Stores(database, tokens(tokens, database, directory), commits ? committing(rows, database) : rows);
    }

    public DeltaTokenRepository tokens() {
        return tokens;
    }

    public Processor sink() {
        return sink;
    }

    private static Optional<Database> database(String tokens, String sink, Path directory) throws IOException {
        if (tokens.equals("postgres") || sink.equals("postgres")) {
            return Optional.of(Database.postgres());
        }
        return tokens.equals("h2") ? Optional.of(Database.h2(directory)) : Optional.empty();
    }

    private static DeltaTokenRepository tokens(String kind, Optional<Database> database, Path directory) {
        return switch (kind) {
            case "memory" -> new MemoryDeltaTokenRepository();
            case "file" -> new FileDeltaTokenRepository(directory);
            case "h2", "postgres" ->
                new JdbcDeltaTokenRepository(database.orElseThrow().source());
            default -> throw new IllegalArgumentException("There are no tokens in " + kind);
        };
    }

    private static Sink sink(String kind, Optional<Database> database) {
        return switch (kind) {
            case "0" -> Sink.NOTHING;
            case "postgres" -> new SqlSink(database.orElseThrow().source());
            default -> Sink.waiting(Duration.ofNanos(1_000 * Long.parseLong(kind)));
        };
    }

    private static Sink committing(Sink sink, Optional<Database> database) {
        TransactionOperations transactions =
                database.map(Database::transactions).orElse(TransactionOperations.withoutTransaction());
        return exchange -> transactions.executeWithoutResult(status -> {
            sink.process(exchange);
            exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                    .commit();
        });
    }

    @Override
    public void close() throws Exception {
        if (database.isPresent()) {
            database.get().close();
        }
    }
}
