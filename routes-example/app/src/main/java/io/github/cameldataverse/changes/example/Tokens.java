package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the routes keep how far they have got: the SQL routes beside their tables, the others in files. */
@Singleton
class Tokens {

    @Produces
    @Singleton
    @Named("fileTokens")
    FileDeltaTokenRepository fileTokens(@ConfigProperty(name = "example.data") String data) {
        return new FileDeltaTokenRepository(Path.of(data, "tokens"));
    }

    @Produces
    @Singleton
    @Named("sqlTokens")
    JdbcDeltaTokenRepository sqlTokens(DataSource dataSource) {
        return new JdbcDeltaTokenRepository(dataSource);
    }
}
