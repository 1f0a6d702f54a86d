package io.github.cameldataverse.changes.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExistenceAnswersTest {

    private final ExistenceAnswers answers = new ExistenceAnswers();
    private final List<String> asked = new ArrayList<>();

    @Test
    void nothingIsAskedOfNoRecord() {
        assertThat(answers.living(List.of(), existence(RecordState.LIVES))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aRecordThatIsAskedForTwiceIsAskedForOnce() {
        assertThat(answers.living(List.of("a", "a"), existence(RecordState.LIVES)))
                .containsExactly("a");
        assertThat(answers.living(List.of("a"), existence(RecordState.GONE))).containsExactly("a");
        assertThat(asked).containsExactly("a");
    }

    @Test
    void twoHundredThousandAnswersAreKeptAndNoMoreYetEachOfThemIsGiven() {
        List<String> ids =
                IntStream.rangeClosed(0, 200_000).mapToObj(i -> "id-" + i).toList();

        assertThat(answers.living(ids, existence(RecordState.LIVES))).hasSize(200_001);
        asked.clear();
        assertThat(answers.living(ids.subList(1, ids.size()), existence(RecordState.GONE)))
                .hasSize(200_000);
        assertThat(asked).isEmpty();
        assertThat(answers.living(ids.subList(0, 1), existence(RecordState.GONE)))
                .isEmpty();
        assertThat(asked).containsExactly("id-0");
    }

    private Existence<RuntimeException> existence(RecordState state) {
        return (ids, listener) -> ids.forEach(id -> {
            asked.add(id);
            listener.answered(id, state);
        });
    }
}
