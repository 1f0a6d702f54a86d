package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * Organizations that are renamed, get the address that another one had, or tell their id at some times only; and stores that fail
 * meanwhile.
 */
@OverBothApis
class RenamedOrganizationsTest extends TwoOrganizations {

    private void sql(String statement) throws Exception {
        try (Connection connection = source.getConnection();
                Statement work = connection.createStatement()) {
            assertThat(work.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private void damage(String name) throws Exception {
        sql("UPDATE dataverse_checkpoint SET token = 'torn' WHERE subscription LIKE 'account-default-" + name + "%'");
    }

    private static long newestRound(List<Received> received) {
        return received.stream()
                .mapToLong(each -> (long) each.headers().get("CamelDataverseChangesRound"))
                .max()
                .orElseThrow();
    }

    private static List<Object> phases(List<Received> received) {
        return received.stream()
                .map(each -> each.headers().get("CamelDataverseChangesPhase"))
                .distinct()
                .toList();
    }

    /** Tokens of the first and the second address, as one process each wrote them while no id was told; then one is. */
    private List<Received> readAtTwoAddressesWithKnownIds() throws Exception {
        accounts.leaveOutOfLoads(7);
        loaded(reader(first()).with("knownIds", true));
        accounts.leaveOutOfLoads(0);
        List<Received> atTheSecond = loaded(reader(second()).with("knownIds", true));
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = reader(first()).with("knownIds", true).start()) {
            await().until(() -> reader.checkpoint() != null
                    && reader.checkpoint().organization().isKnown());
        }
        try (ConsumerRoute reader = reader(second()).with("knownIds", true).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("operation=resync");
        }
        accounts.leaveOutOfLoads(7);
        return atTheSecond;
    }

    /** "None begins sooner", and the sinks of the second address have the rounds of the second address. */
    @Test
    @ProvesFault("L10")
    void aReloadThatMakesTwoTokensOneIsNumberedBeyondTheRoundsOfBoth() throws Exception {
        List<Received> before = readAtTwoAddressesWithKnownIds();
        askForAReload(second());
        List<Received> reload = loaded(reader(second()).with("knownIds", true));
        assertThat(reload.get(0).type()).isEqualTo("resyncStarted");
        assertThat(newestRound(reload)).isGreaterThan(newestRound(before));
    }

    @Test
    @ProvesFault("L10")
    void aReloadThatMakesTwoTokensOneDeletesWhatOnlyTheOtherKnew() throws Exception {
        readAtTwoAddressesWithKnownIds();
        askForAReload(second());
        List<Received> reload = loaded(reader(second()).with("knownIds", true));
        assertThat(reload).extracting(Received::type).contains("delete");
    }

    @Test
    @ProvesFault("L10")
    void aReloadThatMakesTwoTokensOneDeletesWhatOnlyTheOtherKnewAlsoWhereTheTokenIsDamaged() throws Exception {
        readAtTwoAddressesWithKnownIds();
        damage("localhost");
        askForAReload(second());
        List<Received> reload = loaded(reader(second()).with("knownIds", true));
        assertThat(reload.get(0).type()).isEqualTo("resyncStarted");
        assertThat(reload).extracting(Received::type).contains("delete");
    }

    /** The way out that the sentence tells is taken at the new address. */
    @Test
    @ProvesFault("L10")
    void aReloadAfterADamagedNameCarriesTheKnownIdsOver() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()).with("knownIds", true));
        damage("organization");
        accounts.leaveOutOfLoads(7);
        try (ConsumerRoute reader = reader(second()).with("knownIds", true).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("operation=resync");
        }
        askForAReload(second());
        List<Received> reload = loaded(reader(second()).with("knownIds", true));
        assertThat(reload.get(0).type()).isEqualTo("resyncStarted");
        assertThat(reload).extracting(Received::type).contains("delete");
    }

    /** Environments are renamed: one gets the address that another one had before. */
    @Test
    @ProvesFault("L10")
    void anAddressThatAnotherOrganizationHadIsRefusedNamingBoth() throws Exception {
        swapAddresses();
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(CONTOSO, FABRIKAM);
        }
    }

    /** CONTOSO is read at the first address, then at the second; FABRIKAM elsewhere. */
    private void swapAddresses() throws Exception {
        accounts.identify(CONTOSO);
        others.identify(FABRIKAM);
        loaded(reader(first()));
        try (ConsumerRoute reader = others.reader()
                .with("idempotentRepository", new JdbcDeltaTokenRepository(source))
                .start()) {
            awaitLoad(reader);
        }
        accounts.change();
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.checkpoint().organization().address().equals(second().toString()));
        }
    }

    /** The way out that the message names for FABRIKAM leaves the token of CONTOSO alone. */
    @Test
    @ProvesFault("L10")
    void aReloadAtAnAddressThatAnotherOrganizationHadDoesNotJamTheReaderOfThat() throws Exception {
        swapAddresses();
        accounts.identify(FABRIKAM);
        askForAReload(first());
        accounts.identify(CONTOSO);
        accounts.change();
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> reader.polls() > 20);
            assertThat(reader.word() + ": " + reader.message() + " "
                            + reader.received().size())
                    .matches(
                            said -> said.startsWith("UP") || said.startsWith("FAULTED"), "gets on, or says what to do");
        }
    }

    @Test
    @ProvesFault("L10")
    void aReloadIsAWayOutAtANewAddressThatTellsNoId() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.change();
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> reader.received().size() == 1);
        }
        tellNone();
        damage("localhost");
        askForAReload(second());
        askForAReload(second());
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> reader.polls() > 5);
            assertThat(reader.word() + ": " + reader.message()).startsWith("UP");
            awaitLoad(reader);
        }
    }

    /** The store is away for a moment between the move and the new name; later no id is told. */
    @Test
    @ProvesFault("L10")
    void aNewAddressIsKnownAlsoWhereItsNameCouldNotBeWrittenAtOnce() throws Exception {
        accounts.identify(CONTOSO);
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        loaded(on(memory, first()));
        accounts.change();
        boolean[] failed = {false};
        DeltaTokenRepository shaky = failing(memory, (method, name) -> {
            boolean fails =
                    !failed[0] && method.equals("advance") && name.origin().equals(second().toString());
            failed[0] |= fails;
            return fails;
        });
        try (ConsumerRoute reader = on(shaky, second()).start()) {
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.polls() > 5);
        }
        assertThat(failed[0]).isTrue();
        tellNone();
        accounts.change();
        try (ConsumerRoute reader = on(memory, second()).start()) {
            await().until(() -> !reader.received().isEmpty());
            assertThat(phases(reader.received())).containsExactly("delta");
        }
    }

    /** A process dies before its first checkpoint, and another one has a token of the same organization. */
    @Test
    @ProvesFault("L10")
    void aTokenIsFoundAlsoWhereAnotherAddressGotTheNameOfTheIdAndNoToken() throws Exception {
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        loaded(on(memory, second()));
        accounts.identify(CONTOSO);
        DeltaTokenRepository dying = failing(
                memory,
                (method, name) -> method.equals("advance") && name.origin().equals(first().toString()));
        try (ConsumerRoute reader = on(dying, first()).start()) {
            await().until(() -> reader.polls() > 1);
        }
        assertThat(memory.load(new SubscriptionId(first().toString(), "account", "default")))
                .isEmpty();
        accounts.change();
        try (ConsumerRoute reader = on(memory, second()).start()) {
            await().until(() ->
                    reader.word() == Word.FAULTED || !reader.received().isEmpty());
            assertThat(phases(reader.received())).doesNotContain("initial");
        }
    }

    /** A repository of a user's own, in columns, from before the organization was a part of a checkpoint. */
    @Test
    @ProvesFault("L10")
    void aRepositoryThatKeepsNoOrganizationIsToldSoBeforeAnythingIsDelivered() throws Exception {
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader =
                on(inColumns(new MemoryDeltaTokenRepository()), first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("does not keep the organization", "TokenCodec");
            assertThat(reader.received()).isEmpty();
        }
    }

    @Test
    @ProvesFault("L10")
    void aRepositoryThatKeepsNoOrganizationIsToldSoWhenItsTokenIsTakenOver() throws Exception {
        DeltaTokenRepository columns = inColumns(new MemoryDeltaTokenRepository());
        loaded(on(columns, first()));
        accounts.identify(CONTOSO);
        try (ConsumerRoute reader = on(columns, first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("does not keep the organization", "TokenCodec");
            assertThat(reader.received()).isEmpty();
        }
    }

    /** Each does what its own sentence says, one after the other; then both are read. */
    @Test
    @ProvesFault("L10")
    void reloadsOfBothOrganizationsLetBothGoOn() throws Exception {
        swapAddresses();
        accounts.identify(FABRIKAM);
        askForAReload(first());
        accounts.identify(CONTOSO);
        askForAReload(second());
        try (ConsumerRoute reader = reader(second()).start()) {
            awaitLoad(reader);
        }
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.polls() > 5);
            assertThat(reader.word() + ": " + reader.message()).startsWith("UP");
        }
    }

    private Object operation(URI address, String operation) throws Exception {
        try (ConsumerRoute route = reader(address)) {
            String uri = route.uri() + "&operation=" + operation;
            route.context().start();
            return route.context()
                    .createProducerTemplate()
                    .requestBodyAndHeader(uri, null, "CamelDataverseChangesRound", 1L);
        }
    }

    @Test
    @ProvesFault("L10")
    void theOperationsWorkWhileTheServiceIsDown() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.change();
        try (ConsumerRoute reader = reader(second()).start()) {
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.polls() > 3);
        }
        accounts.close();
        for (URI address : List.of(first(), second())) {
            assertThat(operation(address, "token").toString()).contains("stored=true", "organization=" + CONTOSO);
        }
        assertThat(operation(second(), "resync")).isEqualTo("resync");
        assertThat(operation(second(), "token").toString()).contains("phase=resync");
    }

    /** As a gateway answers for a service that is down, and as the service does in maintenance. */
    @Test
    @ProvesFault("L10")
    void aResyncOfADamagedTokenWorksWhileTheServiceIsDown() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        damage("organization");
        accounts.close();
        assertThat(operation(first(), "resync")).isEqualTo("resync");
    }

    /** The sentence names a backup and a resync; a reader at work has to see either. */
    @Test
    @ProvesFault("L10")
    void aReaderAtWorkGoesOnWhenADamagedNameIsMended() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        damage("organization");
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("operation=resync");
            askForAReload(first());
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 50);
            assertThat(reader.word() + ": " + reader.message()).startsWith("UP");
        }
    }

    /** A wrong environment answered for a while. */
    @Test
    @ProvesFault("L10")
    void aReaderAtWorkGoesOnWhenTheRightOrganizationAnswersAgain() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            accounts.identify(CONTOSO);
            accounts.change();
            askForAReload(first()); // the way out that it names
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 50);
            assertThat(reader.word() + ": " + reader.message()).startsWith("UP");
        }
    }

    /** The reader is the same one, and knows what it has delivered. */
    @Test
    @ProvesFault("L10")
    void anIdThatIsToldInTheMiddleOfALoadDoesNotBeginItAnewInARepositoryOfKeys() throws Exception {
        accounts.alwaysInsteadOfPage(10, LoopbackServer.json(503, ""));
        try (ConsumerRoute reader = accounts.reader(first())
                .with(
                        "idempotentRepository",
                        org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository
                                .memoryIdempotentRepository(100_000))
                .start()) {
            await().until(() -> accounts.timesAsked(10) > 1);
            accounts.identify(CONTOSO);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            accounts.heal();
            awaitLoad(reader);
            assertThat(phases(reader.received())).containsExactly("initial");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
        }
    }

    /** Two processes at two addresses, each with a token of its own, learn the id at once: one goes on, one says why not. */
    @Test
    @ProvesFault("L10")
    void twoReadersThatLearnTheIdAtOnceAreNeverBothAtWork() throws Exception {
        loaded(reader(first()));
        loaded(reader(second()));
        try (ConsumerRoute one = reader(first()).start();
                ConsumerRoute two = reader(second()).start()) {
            await().until(() -> one.polls() > 2 && two.polls() > 2);
            accounts.identify(CONTOSO);
            await().until(() -> one.word() == Word.FAULTED ^ two.word() == Word.FAULTED);
            accounts.change();
            await().until(() -> one.received().size() + two.received().size() == 1);
        }
    }

    /** Two processes at the two addresses of one organization: who is at the address that was left says so, and nothing is lost. */
    @Test
    @ProvesFault("L10")
    void theReaderAtTheAddressThatIsLeftMeanwhileStops() throws Exception {
        accounts.identify(CONTOSO);
        try (ConsumerRoute one = reader(first()).start()) {
            awaitLoad(one);
            try (ConsumerRoute two = reader(second()).start()) {
                await().until(() -> one.word() == Word.FAULTED);
                accounts.change();
                await().until(() -> two.received().size() == 1);
                assertThat(one.received()).hasSize(PagedAccounts.ROWS);
            }
            askForAReload(first());
            await().until(() -> one.types().contains("resyncCompleted"));
        }
    }

    /** FABRIKAM got the address that CONTOSO had; the reader of FABRIKAM has to stop, and takes nothing from that of CONTOSO. */
    @Test
    @ProvesFault("L11")
    void aReaderThatIsStoppedByTheOtherOrganizationHoldsNoOtherReaderUp() throws Exception {
        accounts.identify(CONTOSO);
        loaded(reader(first()));
        accounts.identify(FABRIKAM);
        others.identify(CONTOSO);
        others.change();
        try (ConsumerRoute reader = reader(first()).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(CONTOSO, FABRIKAM);
            reader.with("organizationUrl", others.address()).addRoute("second");
            await().until(() -> reader.consumer("second").getCounter() > 10);
            assertThat(reader.health("second").getMessage().orElse("") + " "
                            + reader.received().size())
                    .isEqualTo(" 1");
        }
    }

    /** The address remembers before the checkpoint moves there. */
    @Test
    @ProvesFault("L10")
    void aReaderThatDiesBeforeANewAddressRemembersHasNotLeftTheOldOne() throws Exception {
        accounts.identify(CONTOSO);
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        loaded(on(memory, first()));
        accounts.change();
        DeltaTokenRepository dying = failing(
                memory,
                (method, name) -> method.equals("advance") && name.origin().equals(second().toString()));
        try (ConsumerRoute reader = on(dying, second()).start()) {
            await().until(() -> reader.polls() > 3);
            assertThat(reader.received()).isEmpty();
        }
        try (ConsumerRoute reader = on(memory, first()).start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat(phases(reader.received())).containsExactly("delta");
        }
    }

    /** CONTOSO is read at its new address all the time, and its records live; both write to one sink. */
    @Test
    @ProvesFault("L10")
    void aReloadAtAnAddressThatAnotherOrganizationHadDeletesNoRecordThatIsReadElsewhere() throws Exception {
        accounts.identify(CONTOSO);
        others.identify(FABRIKAM);
        others.leaveOutOfLoads(7); // a record of CONTOSO alone
        loaded(reader(first()).with("knownIds", true));
        loaded(others.reader()
                .with("idempotentRepository", new JdbcDeltaTokenRepository(source))
                .with("knownIds", true));
        accounts.change();
        try (ConsumerRoute reader = reader(second()).with("knownIds", true).start()) {
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.polls() > 3);
        }
        accounts.identify(FABRIKAM); // at the first address now
        accounts.leaveOutOfLoads(7);
        askForAReload(first());
        List<Received> reload = loaded(reader(first()).with("knownIds", true));
        assertThat(reload.get(0).type()).isEqualTo("resyncStarted");
        assertThat(reload).extracting(Received::type).doesNotContain("delete");
    }

    private static DeltaTokenRepository failing(
            DeltaTokenRepository repository, BiPredicate<String, SubscriptionId> when) {
        return InterceptingProxy.before(DeltaTokenRepository.class, repository, (method, values) -> {
            if (values.length > 0 && values[0] instanceof SubscriptionId name && when.test(method, name)) {
                throw new TokenStoreException("The line is down", new IOException("reset"));
            }
        });
    }

    private static DeltaTokenRepository inColumns(DeltaTokenRepository repository) {
        return InterceptingProxy.before(DeltaTokenRepository.class, repository, (method, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] instanceof Checkpoint full ? full.with(Organization.UNKNOWN) : values[i];
            }
        });
    }
}
