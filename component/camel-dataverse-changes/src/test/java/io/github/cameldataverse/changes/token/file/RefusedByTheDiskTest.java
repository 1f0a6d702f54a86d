package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the disk has refused is not taken for done when it is tried again. */
class RefusedByTheDiskTest {

    private final AtomicLong stepsLeft = new AtomicLong(Long.MAX_VALUE);

    @TempDir
    Path directory;

    private FileDeltaTokenRepository repository;

    @BeforeEach
    void start() {
        repository = new FileDeltaTokenRepository(new SteppedDisk(() -> {
            if (stepsLeft.getAndDecrement() <= 0) {
                throw new IOException("No space left on device");
            }
        }));
        repository.setDirectory(directory.toString());
        repository.setMaxKeys(2);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6bd5aff1-62f0-ef11-be20-000d3ab1c2d3", "no guid"})
    @ProvesFault("R1")
    void anIdIsTakenOutWhenItIsTriedAgain(String id) {
        KnownIds known = repository.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        known.expect(0, 1, List.of(id));
        assertThat(known.olderThan(2, "", 10)).containsExactly(id);
        stepsLeft.set(0);
        assertThatThrownBy(() -> known.forget(0, id, 2)).isInstanceOf(TokenStoreException.class);
        stepsLeft.set(Long.MAX_VALUE);
        assertThat(known.forget(0, id, 2)).isTrue();
        known.expect(0, 2, List.of("another one")); // from here on the file is read again
        assertThat(known.olderThan(2, "", 10)).isEmpty();
    }

    /** A key that counts as known although its exchange has failed would be taken for a duplicate when it comes again. */
    @Test
    @ProvesFault("R1")
    void aPlainKeyThatWasRefusedIsNotKnown() {
        repository.add("1");
        repository.add("2");
        boolean refused = true;
        for (int steps = 0; refused; steps++) {
            stepsLeft.set(steps);
            refused = isRefused("key " + steps);
            stepsLeft.set(Long.MAX_VALUE);
            assertThat(repository.add("key " + steps))
                    .as("after %s steps", steps)
                    .isEqualTo(refused);
        }
        assertThat(repository.getKeyCount()).isEqualTo(2);
    }

    private boolean isRefused(String key) {
        try {
            assertThat(repository.add(key)).isTrue();
            return false;
        } catch (TokenStoreException e) {
            return true;
        }
    }
}
