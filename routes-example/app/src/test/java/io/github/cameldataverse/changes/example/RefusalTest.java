package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505"})
    void aRowThatTheDatabaseWillNeverTakeIsRefused(String state) {
        Exception failure = new IllegalStateException(new SQLException("too long", state));
        assertThat(Refusal.reason(failure)).hasValue("The database refuses the row: too long");
    }

    @Test
    void anOutageRefusesNothing() {
        assertThat(Refusal.reason(new SQLException("no connection", "08001"))).isEmpty();
        assertThat(Refusal.reason(new SQLException("no state"))).isEmpty();
        assertThat(Refusal.reason(new IOException("disk full"))).isEmpty();
        assertThat(Refusal.reason(null)).isEmpty();
    }

    @Test
    void aTokenThatCannotBeStoredIsAnOutageWhateverItsDatabaseSays() {
        assertThat(Refusal.reason(new TokenStoreException("not stored", new SQLException("check", "23514"))))
                .isEmpty();
    }
}
