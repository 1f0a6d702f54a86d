package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a repository that outlives its process does besides. */
@Tag("outlives-its-process")
abstract class DurableKeySetContract extends KeySetContract {

    private static final int KILLS = 20;

    /** A process with {@link KeySetReaderProcess} on the store of this test. */
    abstract ChildProcess otherProcess() throws Exception;

    @Override
    abstract void restart();

    @Test
    @ProvesFault("C8")
    void aRestartBeginsAtTheStartOfTheRoundInHand() {
        KeySetTokenRepository reader = reader();
        for (int round = 0; round < 40; round++) {
            KeySetRounds.advance(reader);
        }
        Checkpoint here = reader.load(SHORT).orElseThrow().checkpoint();
        reader.advance(SHORT, here.revision(), here.nextPage("page 2", 10));
        reader.delivered(SHORT, here.revision() + 1, "id-1", "v1");
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), 40);
        assertThat(KeySetRounds.advance(reader())).isEqualTo(41);
    }

    @Test
    void aStopAndStartOfTheRepositoryKeepsTheToken() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        for (int i = 0; i < 3; i++) {
            reader.repository().stop();
            reader.repository().start();
            KeySetRounds.advance(reader);
        }
        KeySetRounds.assertStored(reader.load(SHORT), 4);
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), 4);
    }

    @Test
    @ProvesFault({"C6", "C7"})
    void aProcessThatIsKilledAtAnyMomentLeavesTheOldOrTheNewToken() throws Exception {
        Random random = new Random(7);
        long told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildProcess process = otherProcess()) {
                assertThat(process.line("told ")).isEqualTo("told " + told);
                for (int rounds = random.nextInt(3); rounds >= 0; rounds--) {
                    assertThat(process.line("told ")).isEqualTo("told " + ++told);
                }
                assertThat(process.killedAfter(random.nextInt(40))).isTrue();
                told = process.lines().stream()
                        .filter(line -> line.matches("told \\d+"))
                        .mapToLong(line -> Long.parseLong(line.substring(5)))
                        .max()
                        .orElse(told);
            }
            restart();
            KeySetTokenRepository reader = reader();
            KeySetRounds.assertStored(reader.load(SHORT), told, told + 1);
            told = KeySetRounds.number(reader.load(SHORT));
        }
        KeySetRounds.advance(reader());
        assertThat(keys().stream().filter(key -> key.contains("="))).hasSizeLessThan(200);
    }
}
