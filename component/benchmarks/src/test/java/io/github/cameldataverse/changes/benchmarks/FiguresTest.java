package io.github.cameldataverse.changes.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void theMedianIsNotMovedByOneRoundThatWentWrong() {
        assertThat(Figures.of(micros(10, 11, 12, 900), Sample::cpuMicrosPerRow)).isEqualTo(new Figures(11.5, 10, 900));
    }

    @Test
    void aRatioIsThatOfTheMediansAndItsSpreadThatOfTheRounds() {
        Figures ratio = Figures.ratio(micros(20, 30, 22), micros(10, 10, 11), Sample::cpuMicrosPerRow);

        assertThat(ratio).isEqualTo(new Figures(2.2, 2, 3));
    }

    private static List<Sample> micros(long... perRow) {
        return LongStream.of(perRow)
                .mapToObj(micros -> new Sample(1, 1, 1_000 * micros, 0))
                .toList();
    }
}
