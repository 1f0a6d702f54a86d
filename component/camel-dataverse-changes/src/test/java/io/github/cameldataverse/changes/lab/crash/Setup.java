package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.MemoryDeltaTokenRepository;
import io.github.cameldataverse.changes.token.SteppedTokens;
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
record Setup(String organization, String sink, String tokens, String options) {

    static Setup of(String... words) {
        return new Setup(words[0], words[1], words[2], words[3]);
    }

    List<String> words() {
        return List.of(organization, sink, tokens, options);
    }

    Sink openSink(Points points) throws Exception {
        String where = sink.substring(sink.indexOf(':') + 1);
        return switch (sink.substring(0, sink.indexOf(':'))) {
            case "file" -> new FileSink(Path.of(where));
            case "jms" -> new JmsSink(where);
            default -> new SqlSink(PointedDatabase.of(database(where), "sink", points));
        };
    }

    DeltaTokenRepository openTokens(Points points) {
        String where = tokens.substring(tokens.indexOf(':') + 1);
        return switch (tokens.substring(0, tokens.indexOf(':'))) {
            case "file" -> SteppedTokens.file(where, () -> points.reached("step of the token file"));
            case "jdbc" -> new JdbcDeltaTokenRepository(PointedDatabase.of(database(where), "token", points));
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
