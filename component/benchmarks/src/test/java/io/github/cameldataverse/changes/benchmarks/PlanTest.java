package io.github.cameldataverse.changes.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aPartOfTheFullPlanCanBeRunByItself() {
        assertThat(Plan.named("columns")).hasSize(4).isSubsetOf(Plan.named("full"));
    }

    @Test
    void whoAsksForAnUnknownPlanIsToldWhichThereAre() {
        assertThatThrownBy(() -> Plan.named("fast"))
                .hasMessageContaining("quick")
                .hasMessageContaining("latency");
    }

    @Test
    void readersAreChosenByName() {
        assertThat(Contestant.named("hand-written, ours-string"))
                .extracting(ReaderSpec::label)
                .containsExactly("hand-written route", "ours, per change, string");
        assertThatThrownBy(() -> Contestant.named("mine")).hasMessageContaining("ours-page-map");
    }
}
