package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same organization at another address was a first load without brackets: what was gone meanwhile stayed at the sinks. And
 * another organization at a known address was read on with the token of the one before.
 */
@OverBothApis
class OneOrganizationTest {

    private static final String CONTOSO = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final String FABRIKAM = "9b2e7c10-1111-4222-8333-44445555aaaa";

    private final ChangeTrackingApi api = OverBothApis.API;
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private PagedAccounts accounts;

    @TempDir
    Path directory;

    enum Store {
        MEMORY,
        FILE,
        DATABASE,
        KEYS_IN_A_FILE;

        private IdempotentRepository repository(OneOrganizationTest test) {
            return switch (this) {
                case MEMORY -> test.memory;
                case FILE -> new FileDeltaTokenRepository(test.directory);
                case DATABASE -> new JdbcDeltaTokenRepository(test.database());
                case KEYS_IN_A_FILE ->
                    FileIdempotentRepository.fileIdempotentRepository(
                            test.directory.resolve("keys.txt").toFile(), 100_000);
            };
        }
    }

    private JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(database);
        return source;
    }

    @BeforeEach
    void open() throws Exception {
        accounts = new PagedAccounts(api);
        accounts.identify(CONTOSO);
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private ConsumerRoute reader(Store store, URI address) {
        return accounts.reader(address).with("idempotentRepository", store.repository(this));
    }

    private void load(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            awaitLoad(reader);
        }
    }

    private static void awaitLoad(ConsumerRoute reader) {
        await().until(() -> reader.checkpoint() != null && reader.checkpoint().beginsDelta());
    }

    private static List<Object> phases(ConsumerRoute reader) {
        return reader.received().stream()
                .map(each -> each.headers().get("CamelDataverseChangesPhase"))
                .distinct()
                .toList();
    }

    /** The next change, and nothing before it. */
    private void assertGoesOn(ConsumerRoute reader) throws Exception {
        reader.start();
        await().until(() -> reader.received().size() == 1);
        assertThat(phases(reader)).containsExactly("delta");
    }

    private static void assertStops(ConsumerRoute reader, String... words) throws Exception {
        reader.start();
        reader.awaitFault(words);
        assertThat(reader.received()).isEmpty();
    }

    private void askForAReload(Store store, URI address) throws Exception {
        try (ConsumerRoute route = reader(store, address)) {
            String uri = route.uri() + "&operation=resync";
            route.context().start();
            route.context().createProducerTemplate().requestBody(uri, (Object) null);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L10")
    void theSameOrganizationAtAnotherAddressGoesOn(Store store) throws Exception {
        load(store);
        accounts.change();
        List<String> before = accounts.targetsWithAToken();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertGoesOn(reader);
            await().until(() -> reader.word() == Word.UP);
        }
        if (api == ChangeTrackingApi.WEB_API) {
            assertThat(accounts.targetsWithAToken().get(before.size()))
                    .isEqualTo("/api/data/v9.2/accounts?$deltatoken=0");
        }
        assertThat(accounts.timesAsked(1)).isEqualTo(1);
        accounts.change();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertGoesOn(reader);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE", "DATABASE"})
    @ProvesFault("L10")
    void aLoadThatWasInterruptedGoesOnAtItsPageAtTheOtherAddress(Store store) throws Exception {
        accounts.alwaysInsteadOfPage(10, LoopbackServer.json(503, ""));
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            await().until(() -> accounts.timesAsked(10) > 1);
            assertThat(reader.received()).hasSize(18);
        }
        accounts.heal();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress()).start()) {
            awaitLoad(reader);
            assertThat(reader.received()).hasSize(PagedAccounts.ROWS - 18);
        }
        assertThat(accounts.timesAsked(1)).isEqualTo(1);
        assertThat(accounts.timesAsked(9)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L11")
    void anotherOrganizationAtAKnownAddressIsNamedAndNotRead(Store store) throws Exception {
        load(store);
        accounts.change();
        accounts.identify(FABRIKAM);
        try (ConsumerRoute reader = reader(store, accounts.address())) {
            assertStops(reader, CONTOSO, FABRIKAM, "operation=resync");
        }
        assertThat(accounts.timesAsked(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE", "DATABASE"})
    @ProvesFault("L11")
    void aReloadMakesTheSubscriptionOneOfTheOtherOrganizationAndDeletesWhatThatDoesNotHave(Store store)
            throws Exception {
        try (ConsumerRoute reader =
                reader(store, accounts.address()).with("knownIds", true).start()) {
            awaitLoad(reader);
        }
        accounts.identify(FABRIKAM);
        accounts.leaveOutOfLoads(7);
        askForAReload(store, accounts.address());
        try (ConsumerRoute reader =
                reader(store, accounts.address()).with("knownIds", true).start()) {
            awaitLoad(reader);
            assertThat(reader.types()).startsWith("resyncStarted").endsWith("delete", "resyncCompleted");
            assertThat(reader.received()).hasSize(1 + PagedAccounts.ROWS - 1 + 1 + 1);
            accounts.identify(CONTOSO);
        }
        try (ConsumerRoute reader = reader(store, accounts.address())) {
            assertStops(reader, CONTOSO, FABRIKAM);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L11")
    void anAddressThatWasLeftIsNotReadAgainWithoutAReload(Store store) throws Exception {
        load(store);
        accounts.change();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertGoesOn(reader);
            accounts.change();
            await().until(() -> reader.received().size() == 2);
        }
        try (ConsumerRoute reader = reader(store, accounts.address())) {
            assertStops(reader, accounts.otherAddress().toString(), CONTOSO, "operation=resync");
        }
        askForAReload(store, accounts.address());
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            awaitLoad(reader);
            assertThat(reader.types()).startsWith("resyncStarted").contains("resyncCompleted");
        }
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertStops(reader, accounts.address().toString(), CONTOSO);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L12")
    void whileTheOrganizationTellsNoIdTheOneThatIsStoredCounts(Store store) throws Exception {
        load(store);
        accounts.change();
        accounts.tellNoId();
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(store, accounts.address())) {
            assertGoesOn(reader);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("WhoAmI"))
                    .hasSize(1);
            accounts.identify(FABRIKAM);
            reader.awaitFault(CONTOSO, FABRIKAM);
        }
        accounts.identify(CONTOSO);
        accounts.change();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertGoesOn(reader);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L12")
    void anIdThatIsToldLateTakesTheSubscriptionOver(Store store) throws Exception {
        accounts.tellNoId();
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            awaitLoad(reader);
            accounts.identify(CONTOSO);
            await().until(() -> reader.checkpoint().organization().id().equals(CONTOSO));
        }
        accounts.change();
        try (ConsumerRoute reader = reader(store, accounts.otherAddress())) {
            assertGoesOn(reader);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "FILE")
    @ProvesFault("L12")
    void aPassingFaultOfTheQuestionIsAPassingFaultOfThePoll(Store store) throws Exception {
        accounts.whoAmI(LoopbackServer.json(503, ""));
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            await().until(() -> reader.polls() > 2 && reader.word() == Word.FAULTED);
            assertThat(accounts.timesAsked(1)).isZero();
            accounts.identify(CONTOSO);
            awaitLoad(reader);
            assertThat(reader.checkpoint().organization().id()).isEqualTo(CONTOSO);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE", "DATABASE"})
    @ProvesFault("L10")
    void twoRoutesOfOneContextAtTwoAddressesAreOneSubscription(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store, accounts.address()).start()) {
            awaitLoad(reader);
            reader.with("organizationUrl", accounts.otherAddress()).addRoute("second");
            await().until(() -> reader.health("second").getMessage().orElse("").contains("already reads"));
            assertThat(reader.received()).hasSize(PagedAccounts.ROWS);
        }
    }
}
