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

/**
 * What a reader is made of, as words that fit a command line.
 *
 * @param organization address of the simulator
 * @param sink {@code file:path}, {@code jms:address of the broker} or {@code sql:JDBC address}
 * @param tokens {@code memory:}, {@code file:directory} or {@code jdbc:JDBC address}
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
            default -> new SqlEffectSink(CrashPointDataSource.of(database(where), "sink", points));
        };
    }

    DeltaTokenRepository openTokens(CrashPoints points) {
        String where = tokens.substring(tokens.indexOf(':') + 1);
        return switch (tokens.substring(0, tokens.indexOf(':'))) {
            case "file" -> SteppedFileTokens.file(where, () -> points.reached("step of the token file"));
            case "jdbc" -> new JdbcDeltaTokenRepository(CrashPointDataSource.of(database(where), "token", points));
            default -> new MemoryDeltaTokenRepository();
        };
    }

    static DataSource database(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl(url);
        return database;
    }

    boolean forgets() {
        return tokens.startsWith("memory");
    }
}
