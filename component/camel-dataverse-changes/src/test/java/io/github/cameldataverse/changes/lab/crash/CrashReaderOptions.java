package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.lab.crash.point.CrashPointDataSource;
import io.github.cameldataverse.changes.lab.crash.point.CrashPoints;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.SteppedFileTokens;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a reader is made of, as words that fit a command line.
 *
 * @param organization address of the simulator
 * @param sink {@code file:path}, {@code jms:address of the broker}, {@code sql:JDBC address}, or {@code transaction:JDBC
 *     address} for effects and tokens in one transaction
 * @param tokens {@code memory:}, {@code file:directory}, {@code jdbc:JDBC address}, or {@code sink:} for those of the
 *     sink
 * @param options further options of the endpoint
 */
record CrashReaderOptions(String organization, String sink, String tokens, String options) {

    static CrashReaderOptions of(String... words) {
        return new CrashReaderOptions(words[0], words[1], words[2], words[3]);
    }

    List<String> words() {
        return List.of(organization, sink, tokens, options);
    }

    EffectSink openSink(CrashPoints points) throws Exception {
        String where = sink.substring(sink.indexOf(':') + 1);
        return switch (sink.substring(0, sink.indexOf(':'))) {
            case "file" -> new FileEffectSink(Path.of(where));
            case "jms" -> new JmsEffectSink(where);
            case "transaction" ->
                new TransactedEffectSink(CrashPointDataSource.of(database(where), "transaction", points));
            default -> new SqlEffectSink(CrashPointDataSource.of(database(where), "sink", points));
        };
    }

    DeltaTokenRepository openTokens(EffectSink opened, CrashPoints points) {
        if (opened instanceof TransactedEffectSink transacted) {
            return transacted.tokens();
        }
        String where = tokens.substring(tokens.indexOf(':') + 1);
        return switch (tokens.substring(0, tokens.indexOf(':'))) {
            case "file" -> SteppedFileTokens.file(where, () -> points.reached("step of the token file"));
            case "jdbc" -> new JdbcDeltaTokenRepository(CrashPointDataSource.of(database(where), "token", points));
            default -> new MemoryDeltaTokenRepository();
        };
    }

    static DataSource database(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            PGSimpleDataSource postgres = new PGSimpleDataSource();
            postgres.setUrl(url);
            return postgres;
        }
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl(url);
        return database;
    }

    /** Whether every effect takes place once, whatever happens. */
    boolean isTransacted() {
        return sink.startsWith("transaction");
    }

    boolean forgets() {
        return tokens.startsWith("memory");
    }
}
