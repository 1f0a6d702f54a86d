package io.github.cameldataverse.changes.testkit.tracking;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.UncommittedRow;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row versions are given in another order than rows are committed in. */
class UncommittedRowTest extends SimulatorTest {
    @Test
    void aRowCommittedLateUnderALowVersionIsNotLost() {
        UncommittedRow slow = accounts().createUncommitted(Map.of("name", "Slow"));
        String fast = accounts().create(Map.of("name", "Fast"));
        List<JsonNode> load = WebApiClient.pages(client().api("accounts?$select=name"), TRACK);
        assertThat(WebApiClient.values(load)).isEmpty();
        String late = slow.commit();
        assertThat(accounts().version(late)).isLessThan(accounts().version(fast));
        assertThat(WebApiClient.values(WebApiClient.pages(WebApiClient.deltaLink(load))))
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
