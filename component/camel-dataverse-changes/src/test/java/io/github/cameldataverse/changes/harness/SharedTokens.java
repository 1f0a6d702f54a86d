package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** Where two readers of one process can have one token. */
public enum SharedTokens {
    MEMORY,
    FILE,
    H2;

    /** A repository on an empty store, started. */
    public DeltaTokenRepository open(Path directory) {
        DeltaTokenRepository tokens =
                switch (this) {
                    case MEMORY -> new MemoryDeltaTokenRepository();
                    case FILE -> new FileDeltaTokenRepository(directory);
                    case H2 -> new JdbcDeltaTokenRepository(database());
                };
        tokens.start();
        return tokens;
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }
}
