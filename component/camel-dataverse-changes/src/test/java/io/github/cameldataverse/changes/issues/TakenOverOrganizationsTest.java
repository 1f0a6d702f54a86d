package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Organizations that take the place of each other while readers are at work, and processes that die or are told no id in the middle of
 * a take-over.
 */
@OverBothApis
class TakenOverOrganizationsTest extends TwoOrganizations {

    private static void awaitPolls(ConsumerRoute reader) {
        long polls = reader.polls();
        await().until(() -> reader.polls() > polls + 20);
    }

    private static String said(ConsumerRoute reader) {
        return reader.word() + " " + reader.message();
    }

    /** It was restored under its old address with an id of its own, while a reader runs; "ask for a reload after a restore". */
    @Test
    @ProvesFault("L11")
    void aReaderAtWorkDoesTheReloadThatWasAskedForOfAnotherOrganization() throws Exception {
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = reader(first()).start()) {
            awaitLoad(reader);
            accounts.identify(FABRIKAM);
            askForAReload(first());
            awaitPolls(reader);
            assertThat(reader.types().contains("resyncStarted") ? "reloads" : said(reader))
                    .as("the resync that was asked for")
                    .matches(word -> word.equals("reloads") || word.startsWith("FAULTED"), "reloads, or says why not");
        }
    }

    /** The known ids are copied when the reload is asked for: what came behind that by the old token would be known to nobody. */
    @Test
    @ProvesFault("L11")
    void aReaderAtWorkDeliversNothingByTheOldTokenBehindTheCopyOfTheKnownIds() throws Exception {
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = reader(first()).with("knownIds", true).start()) {
            awaitLoad(reader);
            accounts.identify(FABRIKAM);
            int before = reader.received().size();
            askForAReload(first());
            accounts.change();
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types().get(before)).isEqualTo("resyncStarted");
        }
    }

    /** The reload of FABRIKAM deleted at the sinks what CONTOSO had; then CONTOSO is found at a new address. */
    @Test
    @ProvesFault("L11")
    void anOrganizationWhoseRecordsAReloadOfAnotherOneDeletedDoesNotGoOnAsIfTheyWereThere() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()).with("knownIds", true));
        accounts.identify(FABRIKAM);
        accounts.leaveOutOfLoads(7);
        askForAReload(first());
        assertThat(loaded(reader(first()).with("knownIds", true)))
                .extracting(Received::type)
                .contains("delete");
        accounts.identify(CONTOSO);
        accounts.leaveOutOfLoads(0);
        try (ConsumerRoute reader = reader(second()).with("knownIds", true).start()) {
            awaitPolls(reader);
            assertThat(reader.types().contains("resyncStarted") ? "reloads" : said(reader))
                    .as("record 7, which the sinks lost, is in CONTOSO")
                    .matches(word -> word.equals("reloads") || word.startsWith("FAULTED"), "reloads, or says why not");
        }
    }

    /** A process of this version died when the checkpoint was at the id and the address did not say so yet. */
    private MemoryDeltaTokenRepository diedBeforeTheMark() throws Exception {
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        loaded(on(memory, first()));
        accounts.identify(CONTOSO);
        DeltaTokenRepository dying = InterceptingProxy.before(DeltaTokenRepository.class, memory, (method, values) -> {
            if (method.equals("advance")
                    && values[0] instanceof SubscriptionId name
                    && name.origin().equals(first().toString())) {
                throw new TokenStoreException("The line is down", new IOException("reset"));
            }
        });
        try (ConsumerRoute reader = on(dying, first()).start()) {
            await().until(() -> reader.polls() > 2);
        }
        SubscriptionId address = new SubscriptionId(first().toString(), "account", "default");
        assertThat(memory.load(address)
                        .orElseThrow()
                        .checkpoint()
                        .organization()
                        .id())
                .isEqualTo(CONTOSO);
        assertThat(memory.load(address.ofOrganization(CONTOSO))).isPresent();
        return memory;
    }

    @Test
    @ProvesFault("L11")
    void aReloadThatIsAskedForBetweenTwoStepsWhileTheServiceIsDownIsDone() throws Exception {
        MemoryDeltaTokenRepository memory = diedBeforeTheMark();
        accounts.whoAmI(LoopbackServer.json(503, ""));
        askForAReload(memory, first());
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = on(memory, first()).start()) {
            awaitPolls(reader);
            assertThat(reader.types().contains("resyncStarted") ? "reloads" : said(reader) + reader.types())
                    .isEqualTo("reloads");
        }
    }

    /** "A known origin keeps its id when WhoAmI gives none." */
    @Test
    @ProvesFault("L11")
    void aTokenThatHasItsIdIsNotReadByTheAddressAgain() throws Exception {
        MemoryDeltaTokenRepository memory = diedBeforeTheMark();
        tellNone();
        accounts.change();
        List<Received> received = new ArrayList<>();
        try (ConsumerRoute reader = on(memory, first()).start()) {
            await().until(() -> !reader.received().isEmpty());
            awaitPolls(reader);
            received.addAll(reader.received());
        }
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = on(memory, first()).start()) {
            awaitPolls(reader);
            received.addAll(reader.received());
        }
        assertThat(received).as("one change, and no death of a process since").hasSize(1);
    }

    /** The upgrade and the option in one step. */
    @Test
    @ProvesFault("L11")
    void knownIdsThatBeginAtTheTakeOverSayThatTheyAreNotComplete() throws Exception {
        loaded(reader(first()));
        accounts.identify(CONTOSO);
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(first()).with("knownIds", true).start()) {
            awaitPolls(reader);
            assertThat(log.lines()).anyMatch(line -> line.contains("begin now"));
        }
    }

    /** A repository of a user's own in columns; it is mended as the sentence says. */
    @Test
    @ProvesFault("L11")
    void aTokenOfARepositoryThatKeptNoOrganizationIsGoneOnFromWhenItIsMended() throws Exception {
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        DeltaTokenRepository columns =
                InterceptingProxy.before(DeltaTokenRepository.class, memory, (method, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = values[i] instanceof Checkpoint full ? full.with(Organization.UNKNOWN) : values[i];
                    }
                });
        loaded(on(columns, first()));
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = on(columns, first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
        }
        accounts.change();
        try (ConsumerRoute reader = on(memory, first()).start()) {
            awaitPolls(reader);
            assertThat(said(reader) + " " + reader.received().size()).startsWith("UP");
        }
    }

    /** A wrong environment answered for a while; the reader of that one is another route. */
    @Test
    @ProvesFault("L11")
    void aReaderThatIsBackAtItsOrganizationDoesNotHoldUpTheReaderOfTheOtherOne() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            accounts.identify(CONTOSO);
            await().until(() -> reader.word() == Word.UP);
            others.identify(FABRIKAM);
            reader.with("organizationUrl", others.address()).addRoute("second");
            await().until(() -> reader.consumer("second").getCounter() > 10);
            assertThat(reader.health("second").getMessage().orElse("")).isEmpty();
        }
    }

    /** A wrong environment answered at the start, and another route reads that one. */
    @Test
    @ProvesFault("L11")
    void aReaderWhoseOrganizationIsTakenAsksAgainWhichOneItIs() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        others.identify(FABRIKAM);
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = others.reader()
                .with("idempotentRepository", new JdbcDeltaTokenRepository(source))
                .start()) {
            awaitLoad(reader);
            reader.with("organizationUrl", first()).addRoute("second");
            await().until(() -> reader.health("second").getMessage().orElse("").contains("already reads"));
            accounts.identify(CONTOSO);
            long polls = reader.consumer("second").getCounter();
            await().until(() -> reader.consumer("second").getCounter() > polls + 20);
            assertThat(reader.health("second").getMessage().orElse("")).isEmpty();
        }
    }

    /** Another process is told the id and moves the token while this one, which is told none, looks what is stored. */
    @Test
    @ProvesFault("L11")
    void aReaderByTheAddressDoesNotReadOnFromWhatTheAddressRemembers() throws Exception {
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        SubscriptionId address = new SubscriptionId(first().toString(), "account", "default");
        Organization contoso = new Organization(CONTOSO, first().toString(), 1);
        AtomicInteger looks = new AtomicInteger(Integer.MIN_VALUE);
        DeltaTokenRepository shared = InterceptingProxy.before(DeltaTokenRepository.class, memory, (method, values) -> {
            if (method.equals("load") && values[0].equals(address)) {
                int look = looks.incrementAndGet();
                Checkpoint here = look == 1 || look == 3
                        ? memory.load(address).orElseThrow().checkpoint()
                        : null;
                if (look == 1) { // of SubscriptionNames.named
                    memory.takeOver(address, here.revision(), here.takenOver().with(contoso));
                } else if (look == 3) { // of SubscriptionNames.moveToTheId
                    memory.advance(address.ofOrganization(CONTOSO), 0, here);
                    memory.advance(address, here.revision(), Checkpoint.moved(here.revision() + 1, contoso));
                }
            }
        });
        try (ConsumerRoute reader = on(shared, first()).start()) {
            awaitLoad(reader);
            awaitPolls(reader);
            looks.set(0);
            await().until(() -> looks.get() >= 3);
            awaitPolls(reader);
            assertThat(reader.received())
                    .extracting(each -> each.headers().get("CamelDataverseChangesPhase"))
                    .as("phases, and %s rows in all", reader.received().size())
                    .containsOnly("initial");
        }
    }

    /** FABRIKAM is there, has told so, and lets the application ask no more. */
    @Test
    @ProvesFault("L11")
    void aReaderThatWasToldAnotherOrganizationDoesNotGoOnWhenThatOneFallsSilent() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            tellNone();
            accounts.change();
            awaitPolls(reader);
            assertThat(said(reader) + " " + reader.received().size()).startsWith("FAULTED");
        }
    }

    /** Its address remembers its id, so the address does not stand for it. */
    @Test
    @ProvesFault("L11")
    void whereAnIdIsRememberedTheWarningDoesNotSayThatTheAddressStandsForIt() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        tellNone();
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(first()).start()) {
            awaitPolls(reader);
            assertThat(log.lines()).noneMatch(line -> line.contains("so its address stands for it"));
        }
    }

    /** The organization got a new address, and a gateway answers the first question at the start in its place. */
    @Test
    @ProvesFault("L11")
    void anAnswerOfAGatewayToWhoAmIIsNoOrganizationThatTellsNoId() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        Reply stranger = LoopbackServer.bytes(
                404, "<html><title>No such backend</title></html>".getBytes(StandardCharsets.UTF_8), "text/html");
        Reply contoso = accounts.identified(CONTOSO);
        AtomicInteger questions = new AtomicInteger();
        accounts.whoAmI(exchange -> (questions.incrementAndGet() < 3 ? stranger : contoso).to(exchange));
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> questions.get() >= 3 && reader.word() == Word.UP);
            awaitPolls(reader);
            assertThat(said(reader) + " " + reader.received().size() + " rows").isEqualTo("UP  0 rows");
        }
    }
}
