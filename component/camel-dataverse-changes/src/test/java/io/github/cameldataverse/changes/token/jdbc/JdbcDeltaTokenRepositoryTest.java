package io.github.cameldataverse.changes.token.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class JdbcDeltaTokenRepositoryTest {

    @Test
    @ProvesFault("S14")
    void aPrefixThatIsNoIdentifierIsRefused() {
        JdbcDeltaTokenRepository repository = new JdbcDeltaTokenRepository();
        for (String bad :
                List.of("", "1a", "A", "a-b", "a b", "a;drop table x--", "\"a\"", "a.b", "ä", "x".repeat(51), "a\n")) {
            assertThatThrownBy(() -> repository.setTablePrefix(bad))
                    .as("prefix %s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The tablePrefix must be 1 to 50 of a-z, 0-9 and _, and not begin with a digit; got '"
                            + bad + "'.");
        }
        repository.setTablePrefix("_crm2_");
        assertThat(repository).hasToString("delta tokens in database tables _crm2_*");
    }

    @Test
    void aRepositoryWithoutDataSourceIsRefusedAtItsStart() {
        assertThatThrownBy(() -> new JdbcDeltaTokenRepository().start())
                .hasMessage("JdbcDeltaTokenRepository needs the property 'dataSource'.");
    }

    @Test
    void aRepositoryThatIsNotStartedSaysSo() {
        assertThatThrownBy(() -> new JdbcDeltaTokenRepository(new JdbcDataSource()).load(SampleCheckpoints.ACCOUNTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not started");
    }

    @Test
    @ProvesFault("L6")
    void aDatabaseThatCannotBeReachedFailsTheStartAndALaterStartWorks() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:tcp://localhost:1/mem:nobody");
        JdbcDeltaTokenRepository repository = new JdbcDeltaTokenRepository(dataSource);
        assertThatThrownBy(repository::start)
                .isInstanceOf(TokenStoreException.class)
                .hasMessageStartingWith("Could not find or create the tables in the database tables dataverse_*: ");
        dataSource.setUrl("jdbc:h2:mem:somebody;DB_CLOSE_DELAY=-1");
        repository.start();
        assertThat(repository.load(SampleCheckpoints.ACCOUNTS)).isEmpty();
        repository.stop();
    }
}
