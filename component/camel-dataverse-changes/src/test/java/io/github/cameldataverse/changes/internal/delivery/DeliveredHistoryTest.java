package io.github.cameldataverse.changes.internal.delivery;

import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.A;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.B;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.delete;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveredHistoryTest {

    @Test
    void nothingIsHeldBackOfAPageThatIsNew() {
        DeliveredHistory history = new DeliveredHistory(Map.of(), List.of(upsert(A, 1), delete(A)));

        assertThat(history.covers(A)).isFalse();
        assertThat(history.add(A, "1")).isEqualTo("1");
        assertThat(history.covers(A)).isFalse();
        assertThat(history.add(A, "deleted")).isEqualTo("1 deleted");
    }

    // before the interruption, the page as it comes now, how much of it is held back
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 1 deleted, 1",
        "1 deleted 2, 1 deleted 2 deleted, 3",
        "1 deleted 2 deleted, 1 deleted 2 deleted, 4",
        "deleted, deleted 2 deleted, 1",
        "deleted 2, deleted 2 deleted, 2",
        "deleted 2 deleted, deleted 2 deleted, 3",
        "1 deleted, deleted, 1",
        "1 deleted 2, 2, 1",
        "1 deleted 2, 2 deleted, 1",
        "1 deleted 2 deleted, 2 deleted, 2",
        "1, 2, 0",
        "1, deleted, 0",
        "1 deleted, 2 deleted, 0",
        "1 deleted, 1, 0",
        "deleted 2, deleted, 0",
        "1 deleted 2, 1 deleted, 0",
        "1 1 1, 1 1 1 1, 3"
    })
    void heldBackIsTheBeginningWithWhichTheDeliveredStoryEnds(String before, String now, int count) {
        DeliveredHistory history = new DeliveredHistory(Map.of(A, before), page(now));

        for (int change = 0; change < now.split(" ").length; change++) {
            assertThat(history.covers(A)).isEqualTo(change < count);
        }
        assertThat(history.covers(A)).isFalse();
    }

    @Test
    void whatIsAddedStandsBehindWhatWasDelivered() {
        DeliveredHistory history = new DeliveredHistory(Map.of(A, "1 deleted"), page("1 deleted 2"));

        assertThat(history.add(A, "2")).isEqualTo("1 deleted 2");
    }

    @Test
    void aRecordKnowsNothingOfAnother() {
        DeliveredHistory history = new DeliveredHistory(Map.of(A, "1"), List.of(upsert(B, 1), upsert(A, 1)));

        assertThat(history.covers(B)).isFalse();
        assertThat(history.add(B, "1")).isEqualTo("1");
        assertThat(history.covers(A)).isTrue();
    }

    @Test
    void aLongStoryIsCutAtItsBeginningSoThatARepositoryTakesIt() {
        DeliveredHistory history = new DeliveredHistory(Map.of(), List.of());
        String kept = "";
        for (long version = 0; version < 1_000; version++) {
            kept = history.add(A, Long.toString(Long.MAX_VALUE - version));
            kept = history.add(A, "~0123456789abcdef01234567");
        }

        assertThat(kept)
                .hasSizeLessThanOrEqualTo(500)
                .endsWith(" ~0123456789abcdef01234567")
                .startsWith("922337203685477");
        assertThat(new DeliveredHistory(Map.of(A, kept), page(kept)).covers(A)).isTrue();
    }

    private static List<Change> page(String story) {
        return Arrays.stream(story.split(" "))
                .<Change>map(word ->
                        word.equals("deleted") ? delete(A) : new Upsert(A, null, new Version(word), Row.of("{}")))
                .toList();
    }
}
