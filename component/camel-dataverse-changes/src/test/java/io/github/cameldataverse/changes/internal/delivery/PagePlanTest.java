package io.github.cameldataverse.changes.internal.delivery;

import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.A;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.B;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.delete;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.upsert;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.what;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePlanTest {

    private final List<String> asked = new ArrayList<>();
    private final Set<String> living = new HashSet<>();
    private final Existence<RuntimeException> existence = (ids, listener) -> ids.forEach(id -> {
        asked.add(id);
        listener.answered(id, living.contains(id) ? RecordState.LIVES : RecordState.GONE);
    });

    @Test
    void aNewPageIsDeliveredAsServed() {
        List<Change> page = List.of(upsert(A, 1), upsert(B, 2), delete("c"));

        assertThat(plan(Map.of(), page)).isEqualTo(page);
        assertThat(asked).isEmpty();
    }

    @Test
    @ProvesFault({"D10", "P13"})
    void aRecordThatIsDeletedRestoredAndDeletedIsDeliveredThreeTimes() {
        List<Change> page = List.of(delete(A), upsert(A, 2), delete(A));

        List<Change> plan = plan(Map.of(), page);

        assertThat(plan).extracting(Change::what).containsExactly("deleted", "2", "deleted");
        assertThat(plan).extracting(Change::key).containsExactly(A + "!7", A + "@2", A + "!7+");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @ProvesFault({"D10", "P11"})
    void aPageThatComesAgainWholeGoesOnWhereItWasInterrupted(int delivered) {
        List<Change> page = List.of(upsert(A, 1), delete(A), upsert(A, 2), delete(A));

        Interrupted before = interrupted(page, delivered);
        List<Change> rest = plan(before.stored, page);

        assertThat(rest).isEqualTo(before.whole.subList(delivered, 4));
        assertThat(asked.subList(1, asked.size()))
                .as("a page asks once for a record, and covered tombstones ask nothing")
                .hasSize(delivered < 4 ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @ProvesFault("P11")
    void aPageThatComesAgainShorterEndsInTheSameState(int delivered) {
        List<Change> page = List.of(upsert(A, 1), delete(A), upsert(A, 2), delete(A));
        for (List<Change> shorter : List.of(
                List.<Change>of(delete(A)),
                List.<Change>of(upsert(A, 2), delete(A)),
                List.<Change>of(upsert(A, 3), delete(A)),
                List.<Change>of(delete(A), upsert(A, 2), delete(A)),
                List.<Change>of(upsert(A, 1), delete(A)),
                List.<Change>of(upsert(A, 1), delete(A), upsert(A, 3)),
                List.<Change>of(upsert(A, 2)),
                List.<Change>of(upsert(A, 3)))) {
            Map<String, String> sink = new HashMap<>();
            Interrupted before = interrupted(page, delivered);
            before.whole.subList(0, delivered).forEach(change -> sink.put(change.id(), change.what()));

            plan(before.stored, shorter).forEach(change -> sink.put(change.id(), change.what()));

            assertThat(sink.get(A))
                    .as("%s delivered, then %s", delivered, shorter)
                    .isEqualTo(shorter.get(shorter.size() - 1).what());
        }
    }

    @Test
    void aPageThatComesAgainOtherwiseEndsInTheSameState() {
        SplittableRandom random = new SplittableRandom(17);
        for (int story = 0; story < 20_000; story++) {
            List<Change> page = story(random);
            Interrupted before = interrupted(page, random.nextInt(page.size() + 1));
            List<Change> now = story(random);
            Map<String, String> sink = new HashMap<>();
            Map<String, String> expected = new HashMap<>();
            before.whole.subList(0, before.delivered).forEach(change -> sink.put(change.id(), change.what()));
            expected.putAll(sink);
            now.forEach(change -> expected.put(change.id(), change.what()));

            plan(before.stored, now).forEach(change -> sink.put(change.id(), change.what()));

            assertThat(sink).as("story %s", story).isEqualTo(expected);
        }
    }

    @Test
    void anInterruptedPageEndsInTheSameStateWhateverItsStory() {
        SplittableRandom random = new SplittableRandom(7);
        for (int story = 0; story < 5_000; story++) {
            List<Change> page = story(random);
            int delivered = random.nextInt(page.size() + 1);
            Interrupted before = interrupted(page, delivered);

            List<Change> rest = plan(before.stored, page);

            assertThat(rest).as("story %s", story).isEqualTo(before.whole.subList(delivered, before.whole.size()));
        }
    }

    @Test
    @ProvesFault({"P11", "P13"})
    void ofWhatWasDeliveredThePartThatAPageTellsNoMoreIsKeptForTheNextOne() {
        Map<String, String> delivered = Map.of(A, "2 deleted deleted", B, "5", "resyncCompleted", "deleted");

        assertThat(PagePlan.leftOver(delivered, List.of(upsert(B, 5))))
                .isEqualTo(Map.of(A, "2 deleted deleted", "resyncCompleted", "deleted"));
        assertThat(PagePlan.leftOver(delivered, List.of(delete(A), upsert(B, 6))))
                .isEqualTo(Map.of(A, "2 deleted", "resyncCompleted", "deleted"));
        assertThat(PagePlan.leftOver(Map.of(A, "2 deleted deleted"), List.of(delete(A), delete(A))))
                .as("before the second delete the record lived")
                .isEmpty();
        assertThat(PagePlan.leftOver(Map.of(A, "deleted deleted"), List.of(delete(A), upsert(A, 9))))
                .as("the story has gone on")
                .isEmpty();
        assertThat(PagePlan.leftOver(Map.of(A, "offered", "resyncStarted", "deleted"), List.of()))
                .isEmpty();
    }

    @Test
    void whatIsToBeRememberedIsTheWholeStoryOfTheRecord() {
        PagePlan plan = new PagePlan(Map.of(A, "1"), SampleChanges.roundFromItsStart());

        List<PlannedChange> planned = plan.of(List.of(upsert(A, 1), upsert(B, 5), delete(A), upsert(A, 2)), existence);

        assertThat(planned).extracting(PlannedChange::history).containsExactly("5", "1 deleted", "1 deleted 2");
    }

    @Test
    void aTombstoneIsConfirmedOnlyIfItsRecordCameAsAnUpsertInTheRound() {
        RoundMemory memory = SampleChanges.roundFromItsStart();
        new PagePlan(Map.of(), memory).of(List.of(upsert(A, 1)), existence);

        new PagePlan(Map.of(), memory).of(List.of(delete(A), delete(B)), existence);

        assertThat(asked).containsExactly(A);
    }

    @Test
    @ProvesFault("P13")
    void anOldTombstoneOfALivingRecordIsLeftOut() {
        living.add(A);

        assertThat(plan(Map.of(), List.of(upsert(A, 9), delete(A), delete(B))))
                .extracting(SampleChanges::what)
                .containsExactly(A + " 9", B + " deleted");
        assertThat(asked).containsExactly(A);
    }

    @Test
    void anOldTombstoneIsLeftOutEvenIfItsUpsertWasDeliveredBeforeTheInterruption() {
        living.add(A);

        assertThat(plan(Map.of(A, "9"), List.of(upsert(A, 9), delete(A)))).isEmpty();
        assertThat(asked).containsExactly(A);
    }

    @Test
    void everyTombstoneIsConfirmedInARoundTakenUpInTheMiddle() {
        living.add(B);
        PagePlan plan = new PagePlan(Map.of(), SampleChanges.roundTakenUpAt("page-2"));

        assertThat(plan.of(List.of(delete(A), delete(B)), existence)).hasSize(1);
        assertThat(asked).containsExactly(A, B);
    }

    @Test
    void theNameOfATombstoneIsTheSameAfterARestart() {
        List<Change> page = List.of(delete(B), upsert(A, 1), delete(A), upsert(A, 2), delete(A));

        RoundMemory fromTheStart = SampleChanges.roundFromItsStart();
        new PagePlan(Map.of(), fromTheStart).of(List.of(upsert(B, 1)), existence);
        List<String> before = keys(new PagePlan(Map.of(), fromTheStart).of(page, existence));
        List<String> after = keys(new PagePlan(Map.of(), SampleChanges.roundTakenUpAt("page-2")).of(page, existence));

        assertThat(after).isEqualTo(before).doesNotHaveDuplicates();
        assertThat(before).containsExactly(B + "!7", A + "@1", A + "!7+", A + "@2", A + "!7++");
    }

    @Test
    void aQuestionThatCannotBeAnsweredEndsThePlan() {
        PagePlan plan = new PagePlan(Map.of(), SampleChanges.roundFromItsStart());

        assertThatThrownBy(() -> plan.of(List.of(upsert(A, 1), delete(A)), (ids, listener) -> {
                    throw new IOException("no line");
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aQuestionThatCannotBeAnsweredLeavesTheAnswersBeforeIt() throws Exception {
        RoundMemory memory = SampleChanges.roundTakenUpAt("page-2");
        List<Change> page = List.of(delete(A), delete(B));

        assertThatThrownBy(() -> new PagePlan(Map.of(), memory).of(page, (ids, listener) -> {
                    listener.answered(A, RecordState.GONE);
                    throw new IOException("the line broke");
                }))
                .isInstanceOf(IOException.class);

        assertThat(new PagePlan(Map.of(), memory).of(page, existence)).hasSize(2);
        assertThat(asked).containsExactly(B);
    }

    @Test
    void anAnswerIsForgottenWhereItsRecordComesAsAnUpsert() {
        RoundMemory memory = SampleChanges.roundTakenUpAt("page-2");
        assertThat(new PagePlan(Map.of(), memory).of(List.of(delete(A)), existence))
                .hasSize(1);
        living.add(A);

        assertThat(new PagePlan(Map.of(), memory).of(List.of(upsert(A, 9), delete(A)), existence))
                .extracting(planned -> what(planned.change()))
                .containsExactly(A + " 9");
        assertThat(asked).containsExactly(A, A);
    }

    /** It comes again with the tombstone that it has got since, which no later round will tell. */
    @Test
    void thatARecordLivesIsAskedAnewWhereTheRoundIs() {
        Checkpoint start =
                new Checkpoint(2, SampleChanges.ROUND, Phase.INITIAL, "delta", null, 0, 0, Instant.EPOCH, "");
        RoundMemory memory = RoundMemory.from(start, 1);
        living.add(A);
        assertThat(new PagePlan(Map.of(), memory).of(List.of(delete(A), delete(B)), existence))
                .hasSize(1);
        living.remove(A);
        memory.answered(start, Instant.EPOCH);

        assertThat(new PagePlan(Map.of(), memory).of(List.of(delete(A), delete(B)), existence))
                .hasSize(2);
        assertThat(asked).containsExactly(A, B, A);
    }

    @Test
    void aPageThatIsDeliveredLeavesNoAnswer() {
        RoundMemory memory = SampleChanges.roundTakenUpAt("page-2");
        new PagePlan(Map.of(), memory).of(List.of(delete(A)), existence);
        memory.follow("page-3");
        new PagePlan(Map.of(), memory).of(List.of(delete(A)), existence);

        assertThat(asked).containsExactly(A, A);
    }

    @Test
    void ofRecordsThatAPageHasNoMoreThoseThatAreGoneAreDeleted() {
        living.add(B);
        PagePlan plan = new PagePlan(
                Map.of(A, PagePlan.OFFERED, B, "1", "resyncStarted", "deleted"), SampleChanges.roundFromItsStart());

        assertThat(plan.vanished(List.of(), SampleChanges.ROUND, existence))
                .extracting(planned -> what(planned.change()), PlannedChange::history)
                .containsExactly(tuple(A + " deleted", "offered deleted"));
        assertThat(asked).containsExactly(A, B);
    }

    private record Interrupted(List<Change> whole, int delivered, Map<String, String> stored) {}

    /** The first so many changes of the page are delivered and remembered, as a token repository does it. */
    private Interrupted interrupted(List<Change> page, int delivered) {
        PagePlan plan = new PagePlan(Map.of(), SampleChanges.roundFromItsStart());
        List<PlannedChange> planned = plan.of(page, existence);
        Map<String, String> stored = new HashMap<>();
        planned.subList(0, delivered)
                .forEach(change -> stored.put(change.change().id(), change.history()));
        return new Interrupted(planned.stream().map(PlannedChange::change).toList(), delivered, stored);
    }

    private List<Change> plan(Map<String, String> stored, List<Change> page) {
        return new PagePlan(stored, SampleChanges.roundFromItsStart())
                .of(page, existence).stream().map(PlannedChange::change).toList();
    }

    private static List<String> keys(List<PlannedChange> plan) {
        return plan.stream().map(planned -> planned.change().key()).toList();
    }

    private static List<Change> story(SplittableRandom random) {
        List<Change> page = new ArrayList<>();
        int length = random.nextInt(1, 12);
        for (int version = 1; version <= length; version++) {
            String id = random.nextBoolean() ? A : B;
            page.add(random.nextInt(3) == 0 ? delete(id) : upsert(id, random.nextInt(4) == 0 ? 1 : version));
        }
        return page;
    }
}
