package io.github.cameldataverse.changes.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    @Test
    void anEmptyOrganizationIsFilledAndThenWorkedOn(DataverseSimulator simulator) {
        Set<String> first;
        long version;
        try (DemoOrganization demo = DemoOrganization.startOn(simulator, 1000)) {
            first = new HashSet<>(simulator.table("account").ids());
            version = simulator.versions().last();
            assertThat(first).hasSizeGreaterThanOrEqualTo(35);
            await().until(() -> !simulator.table("account").ids().containsAll(first));
            await().until(() -> !first.containsAll(simulator.table("account").ids()));
            assertThat(demo).isNotNull();
        }
        assertThat(simulator.versions().last()).isGreaterThan(version);
        assertThat(simulator.table("contact").size()).isPositive();
    }

    @Test
    void atRateZeroNothingIsWritten(DataverseSimulator simulator) {
        try (DemoOrganization demo = DemoOrganization.startOn(simulator, 0)) {
            assertThat(simulator.table("account").size()).isEqualTo(40);
            assertThat(demo).isNotNull();
        }
        assertThatThrownBy(() -> DemoOrganization.startOn(simulator, -1)).hasMessageContaining("writes per second");
    }

    @Test
    void theRowsAskedForAreThereAndNoMore(DataverseSimulator simulator) {
        try (DemoOrganization demo = DemoOrganization.startOn(simulator, 0, Map.of("account", 5, "contact", 0))) {
            assertThat(simulator.table("account").size()).isEqualTo(5);
            assertThat(simulator.table("contact").size()).isZero();
            assertThat(demo).isNotNull();
        }
    }

    @Test
    void aTableThatHasShrunkIsNotFilledUpAtTheNextStart(DataverseSimulator simulator) {
        DemoOrganization.seed(simulator, Map.of("account", 3));
        try (DemoOrganization demo = DemoOrganization.startOn(simulator, 0)) {
            assertThat(simulator.table("account").size()).isEqualTo(3);
            assertThat(simulator.table("contact").size()).isEqualTo(80);
            assertThat(demo).isNotNull();
        }
    }

    @Test
    void everyKindOfWriteHappens(DataverseSimulator simulator) {
        DemoOrganization.seed(simulator, Map.of("account", 30, "contact", 30));
        long seeded = simulator.versions().last();
        DemoWrites trickle = new DemoWrites(simulator, new Random(1));
        Set<String> ids = new HashSet<>(simulator.table("account").ids());
        for (int i = 0; i < 200; i++) {
            trickle.run();
        }
        Set<String> now = new HashSet<>(simulator.table("account").ids());
        assertThat(ids).as("deletes").anyMatch(id -> !now.contains(id));
        assertThat(now).as("creates").anyMatch(id -> !ids.contains(id));
        assertThat(now)
                .as("updates")
                .anyMatch(id -> ids.contains(id) && simulator.table("account").version(id) > seeded);
        assertThat(trickle.misses()).isZero();
    }

    @Test
    void rowsThatAnotherClientHasDeletedAreSkipped(DataverseSimulator simulator) {
        DemoOrganization.seed(simulator, Map.of("account", 30, "contact", 30));
        DemoWrites trickle = new DemoWrites(simulator, new Random(1));
        simulator.table("account").ids().forEach(simulator.table("account")::delete);
        for (int i = 0; i < 100; i++) {
            trickle.run();
        }
        assertThat(simulator.table("account").size()).isPositive();
    }

    @Test
    void valuesFillMostColumns(DataverseSimulator simulator) {
        DemoOrganization.seed(simulator, Map.of("account", 50));
        long filled = simulator.table("account").rows().values().stream()
                .flatMap(row -> row.entrySet().stream())
                .filter(column -> column.getValue() != null)
                .map(Map.Entry::getKey)
                .distinct()
                .count();
        assertThat(filled).isGreaterThan(45);
    }

    @Test
    void theCommandLineIsRead() {
        CommandLine arguments = CommandLine.of(
                "--port", "0", "--rate", "0.5", "--seed", "account=10", "--seed", "contact=20", "--journal", "data");
        assertThat(arguments.port()).isZero();
        assertThat(arguments.rate()).isEqualTo(0.5);
        assertThat(arguments.seed()).isEqualTo(Map.of("account", 10, "contact", 20));
        assertThat(arguments.journal()).hasValue(Path.of("data"));
        assertThat(CommandLine.of("--access-token", "x").accessToken()).hasValue("x");
    }

    @ParameterizedTest
    @CsvSource({
        "--port,x,'The port is a number from 0 to 65535, not ''x'''",
        "--port,65536,'The port is a number from 0 to 65535, not ''65536'''",
        "--rate,-1,'The rate is a number of writes per second from 0 to 10000, not ''-1'''",
        "--seed,lead=3,'The seed is given as account=<rows> or contact=<rows>, not as ''lead=3'''",
        "--bogus,1,There is no option --bogus; --help shows all options"
    })
    void aCommandLineThatCannotBeReadIsRefusedWithASentence(String option, String value, String sentence) {
        assertThatThrownBy(() -> CommandLine.of(option, value)).hasMessage(sentence);
        assertThatThrownBy(() -> CommandLine.of(option)).hasMessageContaining("needs a value");
    }
}
