package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file route of the cookbook on a real file system of 64 KB. Making one needs the right to mount, so this is left out
 * where that is missing.
 */
class FullDiskOfRouteTest {

    private static final String UNFINISHED = ".part-";

    @TempDir
    Path disk;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private boolean mounted;

    @BeforeEach
    void mount() {
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        assumeTrue(mounted, "may not mount");
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @ProvesFault("R2")
    void aFullDiskFailsTheExchangeAndLeavesNoHalfFileAndAllAreWholeWhenThereIsRoomAgain() throws Exception {
        Path filler = Files.write(disk.resolve("filler"), new byte[40 * 1024]);
        String fits = key(create(8));
        String large = key(create(30));
        String small = key(create(1));
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator).through(this::toFiles).start()) {
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains(large);
            assertThat(reader.keys()).containsExactly(fits);
            assertThat(finished()).isEqualTo(filesOf(reader)).containsOnlyKeys(fits + ".json");
            Files.delete(filler);
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.keys()).containsExactly(fits, large, small);
            assertThat(finished()).isEqualTo(filesOf(reader)).hasSize(3);
            assertThat(names()).noneMatch(name -> name.startsWith(UNFINISHED));
        }
    }

    private ProcessorDefinition<?> toFiles(ProcessorDefinition<?> route) {
        return route.setHeader("CamelFileName")
                .simple("${header.CamelDataverseChangesKey}.json")
                .to("file:" + disk + "?tempPrefix=" + UNFINISHED + "&fileExist=TryRename");
    }

    private String create(int kilobytes) {
        return accounts.create(Map.of("name", "x".repeat(kilobytes * 1024)));
    }

    private String key(String id) {
        return id + "@" + accounts.version(id);
    }

    /** What a receiver of the files finds. */
    private Map<String, String> finished() throws IOException {
        return names().stream()
                .filter(name -> name.endsWith(".json") && !name.startsWith(UNFINISHED))
                .collect(Collectors.toMap(name -> name, this::read));
    }

    private static Map<String, String> filesOf(ConsumerRoute reader) {
        return reader.received().stream()
                .collect(Collectors.toMap(change -> change.key() + ".json", ConsumerRoute.Received::text));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(disk)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String read(String name) {
        try {
            return Files.readString(disk.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
