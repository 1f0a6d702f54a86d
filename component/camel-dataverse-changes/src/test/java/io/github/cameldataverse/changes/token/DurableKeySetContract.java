package io.github.cameldataverse.changes.token;

import static io.github.cameldataverse.changes.token.Rounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.Fault;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a repository that outlives its process does besides. */
@Tag("outlives-its-process")
abstract class DurableKeySetContract extends KeySetContract {

    private static final int KILLS = 20;

    /** A process with {@link KilledKeySet} on the store of this test. */
    abstract ChildProcess otherProcess() throws Exception;

    @Override
    abstract void restart();

    @Test
    @Fault("C8")
    void aRestartBeginsAtTheStartOfTheRoundInHand() {
        KeySetTokenRepository reader = reader();
        for (int round = 0; round < 40; round++) {
            Rounds.advance(reader);
        }
        Checkpoint here = reader.load(SHORT).orElseThrow().checkpoint();
        reader.advance(SHORT, here.revision(), here.nextPage("page 2", 10));
        reader.delivered(SHORT, here.revision() + 1, "id-1", "v1");
        restart();
        Rounds.assertStored(reader().load(SHORT), 40);
        assertThat(Rounds.advance(reader())).isEqualTo(41);
    }

    @Test
    void aStopAndStartOfTheRepositoryKeepsTheToken() {
        KeySetTokenRepository reader = reader();
        Rounds.advance(reader);
        for (int i = 0; i < 3; i++) {
            reader.repository().stop();
            reader.repository().start();
            Rounds.advance(reader);
        }
        Rounds.assertStored(reader.load(SHORT), 4);
        restart();
        Rounds.assertStored(reader().load(SHORT), 4);
    }

    @Test
    @Fault({"C6", "C7"})
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
            Rounds.assertStored(reader.load(SHORT), told, told + 1);
            told = Rounds.number(reader.load(SHORT));
        }
        Rounds.advance(reader());
        assertThat(keys().stream().filter(key -> key.contains("="))).hasSizeLessThan(200);
    }
}
