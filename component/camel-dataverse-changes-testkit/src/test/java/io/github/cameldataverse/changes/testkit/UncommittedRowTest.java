package io.github.cameldataverse.changes.testkit;

import static io.github.cameldataverse.changes.testkit.Client.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row versions are given in another order than rows are committed in. */
class UncommittedRowTest extends Simulated {
    @Test
    void aRowCommittedLateUnderALowVersionIsNotLost() {
        UncommittedRow slow = accounts().createUncommitted(Map.of("name", "Slow"));
        String fast = accounts().create(Map.of("name", "Fast"));
        List<JsonNode> load = Client.pages(client().api("accounts?$select=name"), TRACK);
        assertThat(Client.values(load)).isEmpty();
        String late = slow.commit();
        assertThat(accounts().version(late)).isLessThan(accounts().version(fast));
        assertThat(Client.values(Client.pages(Client.deltaLink(load))))
                .extracting(row -> row.get("name").asText())
                .containsExactly("Slow", "Fast");
    }

    @Test
    void aRowIsCommittedOnce() {
        UncommittedRow row = accounts().createUncommitted(Map.of("name", "Once"));
        row.commit();
        assertThatThrownBy(row::commit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        assertThat(accounts().size()).isEqualTo(1);
    }
}
