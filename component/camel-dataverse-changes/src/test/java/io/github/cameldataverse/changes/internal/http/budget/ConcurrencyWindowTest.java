package io.github.cameldataverse.changes.internal.http.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyWindowTest {

    @Test
    void itBeginsWithTheMostAndNeverGoesBeyond() {
        ConcurrencyWindow width = new ConcurrencyWindow(20);

        accept(width, 1000);

        assertThat(width.now()).isEqualTo(20);
    }

    @Test
    void afterARefusalItBeginsWithOneAndGrowsFastUpToHalfAndSlowlyFromThere() {
        ConcurrencyWindow width = new ConcurrencyWindow(8);
        width.refused();
        List<Integer> seen = new ArrayList<>();

        for (int answers = 0; answers < 30; answers++) {
            seen.add(width.now());
            width.accepted();
        }

        assertThat(seen)
                .startsWith(1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 8)
                .endsWith(8);
    }

    @Test
    void refusedAgainAndAgainItStaysAtOne() {
        ConcurrencyWindow width = new ConcurrencyWindow(20);

        for (int refusals = 0; refusals < 10; refusals++) {
            width.refused();
        }

        assertThat(width.now()).isEqualTo(1);
        accept(width, 1000);
        assertThat(width.now()).isEqualTo(20);
    }

    @Test
    void aBudgetOfOneStaysOne() {
        ConcurrencyWindow width = new ConcurrencyWindow(1);

        width.refused();
        accept(width, 100);

        assertThat(width.now()).isEqualTo(1);
    }

    private static void accept(ConcurrencyWindow width, int times) {
        for (int time = 0; time < times; time++) {
            width.accepted();
        }
    }
}
