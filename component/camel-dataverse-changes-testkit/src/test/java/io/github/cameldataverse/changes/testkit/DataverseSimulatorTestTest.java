package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;

@DataverseSimulatorTest
class DataverseSimulatorTestTest {
    private static final Set<URI> URLS = new HashSet<>();

    private final DataverseSimulator simulator;

    DataverseSimulatorTestTest(DataverseSimulator simulator) {
        this.simulator = simulator;
        simulator.table("account").create(Map.of("name", "By the constructor"));
    }

    @BeforeAll
    static void prepare(DataverseSimulator simulator) {
        simulator.table("account").create(Map.of("name", "By @BeforeAll"));
        URLS.add(simulator.organizationUrl());
    }

    @BeforeEach
    void prepareEach() {
        simulator.table("account").create(Map.of("name", "By @BeforeEach"));
    }

    @RepeatedTest(2)
    void eachTestHasTheRowsOfItsOwnPreparationOnly(DataverseSimulator parameter) {
        assertThat(parameter).isSameAs(simulator);
        assertThat(simulator.table("account").rows().values())
                .extracting(row -> row.get("name"))
                .containsExactly("By the constructor", "By @BeforeEach");
        assertThat(URLS).containsExactly(simulator.organizationUrl());
        simulator.table("contact").create(Map.of("lastname", "Left behind"));
    }

    @RepeatedTest(2)
    void eachTestHasTheTablesOfTheStart() {
        assertThat(simulator.table("account").definition().tracked()).isTrue();
        assertThat(simulator.table("account").definition().columns()).hasSize(56);
        simulator.define(TableSchema.named("account").bare().tracked(false));
        simulator.define(TableSchema.named("new_project"));
    }

    @Nested
    class Inner {
        @RepeatedTest(2)
        void hasTheSimulatorOfTheOuterClass(DataverseSimulator parameter) {
            assertThat(parameter).isSameAs(simulator);
            assertThat(simulator.table("account").size()).isEqualTo(2);
        }
    }
}
