package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper.Loss;
import io.github.cameldataverse.changes.internal.delivery.RoundMemory;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.testkit.SimulatorClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointKeeperTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long FIRST = NOW.toEpochMilli();
    private static final SubscriptionId ID = new SubscriptionId("https://contoso.example", "account", "default");

    private final MemoryDeltaTokenRepository repository = new MemoryDeltaTokenRepository();
    private final CheckpointKeeper keeper = keeper(StartFrom.INITIAL, "select=a");

    @ParameterizedTest
    @CsvSource({
        "INITIAL, INITIAL, reading the whole table",
        "NOW, SKIP, 'reading the whole table to start from now; none of its rows is delivered, nor what changed before'"
    })
    void aFirstStartIsStoredAndSaidAloud(StartFrom start, Phase phase, String word) throws Exception {
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME)) {
            StoredToken first = keeper(start, "select=a").load();

            assertThat(first.checkpoint())
                    .isEqualTo(Checkpoint.first(phase, NOW, "select=a").withRevision(FIRST));
            assertThat(repository.load(ID)).contains(first);
            assertThat(log.lines())
                    .containsExactly("WARN " + ReaderLog.NAME
                            + ": No delta token is stored for account/default at https://contoso.example: " + word);
        }
    }

    @Test
    @ProvesFault("R3")
    void aTokenThatMustBeThereIsMissedWithASentence() {
        assertThatThrownBy(() -> keeper(StartFrom.STORED, "select=a").load())
                .isInstanceOf(TokenUnusableException.class)
                .hasMessage(
                        "No delta token is stored for account/default at https://contoso.example, and startFrom=stored"
                                + " asks for one. If this is a first start, use startFrom=initial; if not, find out where the token"
                                + " went before changes get lost");
        assertThat(repository.load(ID)).isEmpty();
    }

    @Test
    void whatIsStoredIsTakenUpWhateverTheStart() throws Exception {
        StoredToken stored = keeper.load();
        advance(stored.checkpoint(), new Page.MorePages("link-2"), 10);

        for (StartFrom start : StartFrom.values()) {
            assertThat(keeper(start, "select=a").load().checkpoint().pageLink()).isEqualTo("link-2");
        }
    }

    @ParameterizedTest
    @ProvesFault("L9")
    @ValueSource(strings = {"page", "row"})
    void otherColumnsStopTheReaderWithASentence(String begunWith) throws Exception {
        Checkpoint first = keeper.load().checkpoint();
        if (begunWith.equals("page")) {
            advance(first, new Page.MorePages("link-2"), 10);
        } else {
            keeper.delivered(first, Map.of("a", "1"));
        }

        assertThatThrownBy(() -> keeper(StartFrom.INITIAL, "select=a,b").load())
                .isInstanceOf(TokenUnusableException.class)
                .hasMessage(
                        "The delta token of account/default at https://contoso.example was obtained with select=a, and the"
                                + " endpoint now asks with select=a,b. Give it the old options back, or ask for a full reload with"
                                + " the producer operation resync");
    }

    @Test
    void aFullLoadThatHasNotBegunMayBeAskedWithOtherColumns() throws Exception {
        keeper.load();

        CheckpointKeeper corrected = keeper(StartFrom.STORED, "select=a,b");
        Checkpoint taken = corrected.load().checkpoint();

        assertThat(taken)
                .isEqualTo(new Checkpoint(FIRST + 1, FIRST, Phase.INITIAL, null, null, 0, 0, NOW, "select=a,b"));
        assertThat(corrected.load().checkpoint()).isEqualTo(taken);
    }

    @Test
    void aReloadByHandIsReadWithTheColumnsOfTheReader() throws Exception {
        Checkpoint load = keeper.load().checkpoint();
        Checkpoint delta = advance(load, new Page.RoundEnd("delta-1"), 0).checkpoint();

        keeper(StartFrom.INITIAL, "select=").resync(delta);

        assertThat(keeper.load().checkpoint())
                .isEqualTo(new Checkpoint(FIRST + 3, FIRST + 2, Phase.RESYNC, null, null, 0, 0, NOW, "select=a"));
    }

    @Test
    void aLookMakesNothing() {
        assertThat(keeper.peek()).isEmpty();
        assertThat(repository.load(ID)).isEmpty();
    }

    @Test
    void theCheckpointMovesFromPageToPageAndFromRoundToRound() throws Exception {
        Checkpoint first = keeper.load().checkpoint();

        Checkpoint second = advance(first, new Page.MorePages("link-2"), 10).checkpoint();
        assertThat(second)
                .isEqualTo(new Checkpoint(FIRST + 1, FIRST, Phase.INITIAL, null, "link-2", 1, 10, NOW, "select=a"));

        Checkpoint delta = advance(second, new Page.RoundEnd("delta-1"), 5).checkpoint();
        assertThat(delta)
                .isEqualTo(new Checkpoint(FIRST + 2, FIRST + 1, Phase.DELTA, "delta-1", null, 0, 0, NOW, "select=a"));
        assertThat(repository.load(ID)).contains(new StoredToken(delta, Map.of()));
    }

    @Test
    void aPageWithNothingNewLeavesTheTokenAsItIs() throws Exception {
        Checkpoint first = keeper.load().checkpoint();

        assertThat(advance(first, new Page.Unchanged(), 0).checkpoint()).isEqualTo(first);
        assertThat(repository.load(ID)).contains(new StoredToken(first, Map.of()));
    }

    @Test
    void whatIsDeliveredIsRememberedUntilTheCheckpointMoves() throws Exception {
        Checkpoint first = keeper.load().checkpoint();
        keeper.delivered(first, Map.of("a", "1"));
        keeper.delivered(first, Map.of("a", "1 2", "b", "3"));
        assertThat(keeper.load().delivered()).isEqualTo(Map.of("a", "1 2", "b", "3"));

        advance(first, new Page.MorePages("link-2"), 2);

        assertThat(keeper.load().delivered()).isEmpty();
    }

    @Test
    void aRoundThatBeginsAgainKeepsItsNumberAndItsLink() throws Exception {
        Checkpoint load = keeper.load().checkpoint();
        Checkpoint delta = advance(load, new Page.RoundEnd("delta-1"), 0).checkpoint();
        Checkpoint page = advance(delta, new Page.MorePages("link-2"), 3).checkpoint();

        keeper.roundAgain(page);

        assertThat(keeper.load().checkpoint())
                .isEqualTo(new Checkpoint(FIRST + 3, FIRST + 1, Phase.DELTA, "delta-1", null, 0, 0, NOW, "select=a"));
    }

    @Test
    @ProvesFault("P6")
    void aFullLoadThatBeginsAgainIsAReloadWithANumberOfItsOwn() throws Exception {
        Checkpoint page = advance(keeper.load().checkpoint(), new Page.MorePages("link-2"), 3)
                .checkpoint();

        keeper.roundAgain(page);

        assertThat(keeper.load().checkpoint())
                .isEqualTo(new Checkpoint(FIRST + 2, FIRST + 1, Phase.RESYNC, null, null, 0, 0, NOW, "select=a"));
    }

    @Test
    void aTokenFromABackupIsReloadedBehindEveryRoundThatIsKnown() throws Exception {
        Checkpoint backup = keeper.load().checkpoint();
        KnownIds known = repository.knownIds(ID).orElseThrow();
        known.begin();
        known.expect(backup.revision(), FIRST + 80, List.of("a"));

        CheckpointKeeper knowing = keeper(StartFrom.INITIAL, "select=a");
        assertThat(knowing.resync(backup).checkpoint().round()).isEqualTo(FIRST + 81);
    }

    @ParameterizedTest
    @EnumSource(
            value = StartFrom.class,
            names = {"INITIAL", "NOW"})
    @ProvesFault("R3")
    void aLostTokenIsReloadedWithANumberThatNeverWas(StartFrom start) throws Exception {
        KnownIds known = repository.knownIds(ID).orElseThrow();
        known.begin();
        known.expect(0, FIRST + 500, List.of("a"));
        CheckpointKeeper asking = keeper(kept(), start, "select=a");

        Checkpoint first = asking.load().checkpoint();

        assertThat(first.phase()).isEqualTo(Phase.RESYNC);
        assertThat(first.round()).isEqualTo(FIRST + 501);
    }

    /** The ids are kept true without the option, and so is the number of the latest round that brought one. */
    @Test
    void aFirstLoadComesBehindEveryRoundThatIsKnownToo() throws Exception {
        KnownIds known = repository.knownIds(ID).orElseThrow();
        known.begin();
        known.expect(0, FIRST + 500, List.of("a"));

        Checkpoint first = keeper(StartFrom.INITIAL, "select=a").load().checkpoint();

        assertThat(first.phase()).isEqualTo(Phase.INITIAL);
        assertThat(first.round()).isEqualTo(FIRST + 501);
    }

    @Test
    void aListThatNeverHeldARecordMakesNoLostToken() throws Exception {
        KnownRecords unused = kept();

        CheckpointKeeper again = keeper(kept(), StartFrom.INITIAL, "select=a");

        assertThat(again.load().checkpoint())
                .isEqualTo(Checkpoint.first(Phase.INITIAL, NOW, "select=a").withRevision(FIRST));
    }

    @Test
    void aReloadHasNoLinkAndTheColumnsOfToday() throws Exception {
        Checkpoint load = keeper.load().checkpoint();
        Checkpoint delta = advance(load, new Page.RoundEnd("delta-1"), 0).checkpoint();

        Checkpoint resync = keeper(StartFrom.INITIAL, "select=b").resync(delta).checkpoint();

        assertThat(resync)
                .isEqualTo(new Checkpoint(FIRST + 2, FIRST + 2, Phase.RESYNC, null, null, 0, 0, NOW, "select=b"));
        assertThat(keeper(StartFrom.STORED, "select=b").load().checkpoint()).isEqualTo(resync.takenOver());
    }

    /** A sink may have seen higher revisions than the one that is stored, before the token was lost or put back. */
    @Test
    void aReaderThatTakesOverBeginsAtTheClockAlsoBehindATokenFromABackup() throws Exception {
        repository.replace(ID, Checkpoint.first(Phase.INITIAL, NOW, "select=a").withRevision(40));
        Checkpoint taken = keeper.load().checkpoint();
        assertThat(taken.revision()).isEqualTo(FIRST);
        assertThat(keeper(StartFrom.INITIAL, "select=a").load().checkpoint()).isEqualTo(taken.takenOver());
        repository.replace(ID, taken.withRevision(41));
        keeper.resyncAfter(Loss.UNREADABLE);
        assertThat(repository.load(ID).orElseThrow().checkpoint().revision()).isEqualTo(FIRST);
    }

    @Test
    void aReloadByHandFencesTheReaderThatIsAtWork() throws Exception {
        Checkpoint first = keeper.load().checkpoint();

        keeper.resync(first);

        assertThatThrownBy(() -> advance(first, new Page.MorePages("link-2"), 1))
                .isInstanceOf(TokenConflictException.class);
        assertThat(keeper.load().checkpoint().phase()).isEqualTo(Phase.RESYNC);
    }

    @Test
    void aReloadByHandReplacesWhatCannotBeRead() throws Exception {
        keeper.resyncAfter(Loss.UNREADABLE);

        assertThat(keeper.load().checkpoint().phase()).isEqualTo(Phase.RESYNC);
        assertThat(keeper.load().checkpoint().round()).isEqualTo(FIRST);
    }

    @Test
    @ProvesFault("X2")
    void aReaderThatSleptCannotMoveTheTokenBack() throws Exception {
        Checkpoint first = keeper.load().checkpoint();
        advance(first, new Page.MorePages("link-2"), 1);

        assertThatThrownBy(() -> advance(first, new Page.MorePages("other"), 1))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> keeper.roundAgain(first)).isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> keeper.resync(first)).isInstanceOf(TokenConflictException.class);
        assertThat(keeper.load().checkpoint().pageLink()).isEqualTo("link-2");
    }

    @Test
    @ProvesFault("T3")
    void aTokenIsAsOldAsTheRoundThatEndedWithIt() throws Exception {
        SimulatorClock clock = new SimulatorClock();
        clock.freeze(NOW);
        ServiceClock service = service(clock);
        Page last = new Page(List.of(), new Page.RoundEnd("delta-1"));
        CheckpointKeeper reading = keeper(KnownRecords.look(repository, ID), StartFrom.INITIAL, "select=a", service);
        Checkpoint first = reading.load().checkpoint();
        RoundMemory memory = RoundMemory.from(first, 1);
        clock.advance(Duration.ofDays(1));
        memory.answered(first, clock.instant());
        clock.advance(Duration.ofDays(2));
        Checkpoint second = reading.behind(first, new Page(List.of(), new Page.MorePages("link-2")), memory.began());
        memory.answered(second, clock.instant());
        assertThat(reading.behind(second, last, memory.began()).obtained()).isEqualTo(NOW.plus(Duration.ofDays(1)));

        CheckpointKeeper afterRestart =
                keeper(KnownRecords.look(repository, ID), StartFrom.INITIAL, "select=a", service);
        RoundMemory takenUp = RoundMemory.from(second, 1);
        takenUp.answered(second, clock.instant());
        assertThat(afterRestart.behind(second, last, takenUp.began()).obtained())
                .isEqualTo(NOW);
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderTakesTheCheckpointOverBeforeItReadsOnAndTheOneBeforeItIsRefused() throws Exception {
        CheckpointKeeper other = keeper(StartFrom.INITIAL, "select=a");
        Checkpoint first = keeper.load().checkpoint();
        keeper.delivered(first, Map.of("a", "1"));
        int before = keeper.tenure();
        assertThat(keeper.load().checkpoint()).isEqualTo(first);

        StoredToken taken = other.load();
        assertThat(taken).isEqualTo(new StoredToken(first.takenOver(), Map.of("a", "1")));
        assertThat(repository.load(ID)).contains(taken);
        assertThatThrownBy(() -> keeper.delivered(first, Map.of("b", "1"))).isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> keeper.requireStill(first)).isInstanceOf(TokenConflictException.class);

        assertThat(keeper.load().checkpoint().revision()).isEqualTo(FIRST + 2);
        assertThat(keeper.tenure()).isNotEqualTo(before);
    }

    @Test
    @ProvesFault("X1")
    void ofTwoReadersThatTakeTheCheckpointFromEachOtherEachWaitsLongerAndLonger() throws Exception {
        CheckpointKeeper other = keeper(StartFrom.INITIAL, "select=a");
        keeper.load();
        other.load();
        keeper.load();
        assertThatThrownBy(other::load).isInstanceOf(StandByException.class);

        Checkpoint here = keeper.load().checkpoint();
        Checkpoint moved = advance(here, new Page.MorePages("link-2"), 1).checkpoint();

        assertThatThrownBy(other::load).isInstanceOf(StandByException.class);
        assertThat(other.load().checkpoint()).isEqualTo(moved.takenOver());
        assertThat(keeper.load().checkpoint()).isEqualTo(moved.takenOver().takenOver());
    }

    /** Moves the keeper behind a page of so many rows. */
    private StoredToken advance(Checkpoint from, Page.Next next, int rows) {
        Page page =
                new Page(Collections.nCopies(rows, new Upsert("a", "W/\"1\"", new Version("1"), Row.of("{}"))), next);
        return keeper.move(new PageMove(from, keeper.behind(from, page, from.obtained()), Set.of(), Map.of()));
    }

    private CheckpointKeeper keeper(StartFrom start, String fingerprint) {
        return keeper(KnownRecords.look(repository, ID), start, fingerprint);
    }

    private CheckpointKeeper keeper(KnownRecords known, StartFrom start, String fingerprint) {
        return keeper(known, start, fingerprint, service(Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private KnownRecords kept() {
        ServiceClock clock = service(Clock.fixed(NOW, ZoneOffset.UTC));
        return KnownRecords.keep(repository, new SubscriptionNames(repository, ID, Optional.empty(), clock));
    }

    /** The clock of an organization that tells no time, on a machine of which the clock was never set. */
    private static ServiceClock service(Clock clock) {
        return new ServiceClock("https://contoso.example", SimulatedTime.of(clock));
    }

    private CheckpointKeeper keeper(KnownRecords known, StartFrom start, String fingerprint, ServiceClock clock) {
        FullLoadGate gate = new FullLoadGate(
                "account/default", 0, OptionalLong.empty(), FullLoadGate.NO_GUARD, new DeletesAllowed(repository, ID));
        CheckpointPolicy policy = new CheckpointPolicy(ID, fingerprint, start, known, gate, clock);
        return new CheckpointKeeper(
                repository,
                new SubscriptionNames(repository, ID, Optional.empty(), clock),
                known,
                policy,
                new Standby(ID, Standby.Lasting.PAGES, clock));
    }
}
