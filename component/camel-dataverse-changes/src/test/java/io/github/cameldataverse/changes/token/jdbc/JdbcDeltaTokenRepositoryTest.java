package io.github.cameldataverse.changes.token.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
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

    /** Two statements do there what one does elsewhere. */
    @Test
    void aDatabaseThatLocksNothingInAnInsertNotesAllTheSame() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:lockless;DB_CLOSE_DELAY=-1");
        JdbcDeltaTokenRepository repository = new JdbcDeltaTokenRepository(lockless(database));
        repository.start();
        Checkpoint here = SampleCheckpoints.revision(1);
        repository.advance(SampleCheckpoints.ACCOUNTS, 0, here);
        repository.delivered(SampleCheckpoints.ACCOUNTS, 1, "id-1", "1");
        JdbcDeltaTokenRepository other = new JdbcDeltaTokenRepository(database);
        other.start();
        assertThat(other.takeOver(SampleCheckpoints.ACCOUNTS, 1, here.takenOver())
                        .delivered())
                .isEqualTo(Map.of("id-1", "1"));
        assertThatThrownBy(() -> repository.delivered(SampleCheckpoints.ACCOUNTS, 1, "id-2", "2"))
                .isInstanceOf(TokenConflictException.class);
        repository.delivered(SampleCheckpoints.ACCOUNTS, 2, "id-2", "2");
        assertThat(other.load(SampleCheckpoints.ACCOUNTS).orElseThrow().delivered())
                .isEqualTo(Map.of("id-1", "1", "id-2", "2"));
    }

    private static DataSource lockless(JdbcDataSource real) {
        return InterceptingProxy.to(DataSource.class, real, (method, made) -> {
            if (!method.getName().equals("getConnection")) {
                return made.call();
            }
            return lockless(real.getConnection());
        });
    }

    private static Connection lockless(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object made = invoke(real, method, arguments);
                    return made instanceof Statement statement && !(made instanceof PreparedStatement)
                            ? lockless(statement)
                            : made;
                });
    }

    private static Statement lockless(Statement real) {
        return (Statement) Proxy.newProxyInstance(
                Statement.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (arguments != null && String.valueOf(arguments[0]).endsWith("FOR UPDATE")) {
                        throw new SQLException("Syntax error");
                    }
                    return invoke(real, method, arguments);
                });
    }

    private static Object invoke(Object real, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
