package io.github.cameldataverse.changes.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.lab.memory.SmallHeapProcess;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that is suspended in the middle of its work, for longer than each of its deadlines, and wakes up again. */
class SuspendedReaderTest {

    private static final int ROWS = 2_000;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private static final Pattern ARRIVED = Pattern.compile("got ([0-9a-f-]{36}[@!]\\d+)$");

    private final List<String> got = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private Process reader;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.destroyForcibly().waitFor();
        }
    }

    @Test
    @ProvesFault("T4")
    void aReaderThatIsSuspendedInMidPollGoesOnWhereItWasAndRepeatsNothing() throws Exception {
        List<String> ids = create("early", ROWS);
        reader = SmallHeapProcess.start(
                simulator.organizationUrl().toString(), "maxPageSize=50&select=name&requestTimeout=300");
        listen();
        await().atMost(Duration.ofMinutes(1)).until(() -> got.size() > 100);
        signal("STOP");
        int before = got.size();
        List<String> late = create("late", 30);
        accounts.update(ids.get(0), Map.of("name", "changed meanwhile"));
        accounts.delete(ids.get(1));
        // Longer than the time that a request may take.
        await().during(Duration.ofMillis(900)).atMost(Duration.ofSeconds(5)).until(reader::isAlive);
        signal("CONT");
        int all = ROWS + late.size() + 2;
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(got)
                .as("all of it; the reader said: %s", said)
                .hasSizeGreaterThanOrEqualTo(all));
        int requests = simulator.requests().size();
        await().until(() -> simulator.requests().size() > requests + 3);
        assertThat(before).as("suspended in the middle").isLessThan(ROWS);
        assertThat(got).hasSize(all).doesNotHaveDuplicates();
        assertThat(got).contains(ids.get(0) + "@" + accounts.version(ids.get(0)));
    }

    private void listen() {
        Thread listener = new Thread(
                () -> reader.inputReader(StandardCharsets.UTF_8).lines().forEach(this::take), "listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** A line of the log that ends without a line break may stand before. */
    private void take(String line) {
        Matcher arrived = ARRIVED.matcher(line);
        if (arrived.find()) {
            got.add(arrived.group(1));
        } else {
            said.add(line);
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int result = new ProcessBuilder("kill", "-" + name, Long.toString(reader.pid()))
                .start()
                .waitFor();
        assertThat(result).isZero();
    }

    private List<String> create(String name, int count) {
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            ids.add(accounts.create(Map.of("name", name + " " + row)));
        }
        return ids;
    }
}
