package io.github.cameldataverse.changes.behaviour.operations;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.harness.server.FreePort;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.preflight.Preflight;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.Forbidden;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Set-ups that are broken on purpose, in the order and with the names of docs/preflight.md, and some that are not. */
class PreflightTest {

    private static final String SECRET = "s3+cr&et%=~/";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension(
            DataverseSimulator.builder().tls(true).client("app-1", SECRET));

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    @TempDir
    private Path directory;

    private ConsumerRoute reader;
    private String printed = "";

    @BeforeEach
    void setUp() {
        reader = of(simulator);
    }

    @AfterEach
    void stop() {
        reader.close();
    }

    @Test
    void aGoodSetUpIsReadyAndForecastsTheLoad() {
        accountsIn(simulator.table("account"), 12);
        reader.with("maxPageSize", 5);
        assertThat(run()).isZero();
        assertThat(printed.lines())
                .containsExactly(
                        "Preflight of account/default at " + simulator.secureOrganizationUrl(),
                        "  ok    token store        can be written",
                        "  ok    access token       obtained",
                        "  ok    organization       reached, and it knows the application",
                        "  ok    table              account, entity set accounts",
                        "  ok    change tracking    on",
                        "  ok    read and columns   the whole table can be read with the selected columns",
                        "  ok    retention          7 days",
                        "  ok    stored token       none: the first poll reads the whole table",
                        "  ok    forecast           12 rows, counted within the last day: 3 pages of up to 5, 5 requests",
                        "  Ready: the changes of the table can be read.");
        assertThat(tokens.load(id())).isEmpty();
    }

    @Test
    void aTokenThatIsGoodTellsHowManyChangesWait() throws Exception {
        accountsIn(simulator.table("account"), 1);
        try (ConsumerRoute reading = of(simulator).with("delay", 20).start()) {
            await().until(() -> reading.received().size() == 1);
        }
        accountsIn(simulator.table("account"), 3);
        assertThat(run()).isZero();
        assertThat(printed)
                .contains("ok    stored token       good, 3 changes wait")
                .contains("no full load");
    }

    /** As docs/preflight.md writes it. */
    @Test
    void tokensInADirectoryThatTheUriNames() {
        reader.with(
                "idempotentRepository",
                "#class:" + FileDeltaTokenRepository.class.getName() + "('" + directory.resolve("tokens") + "')");
        assertThat(run()).as(printed).isZero();
        assertThat(directory.resolve("tokens")).isNotEmptyDirectory();
    }

    @Test
    void wrongSecret() {
        reader.with("clientSecret", "RAW(wrong-secret)");
        assertThat(run()).isEqualTo(1);
        assertFailed("access token", "app-1", "check tenantId, clientId and clientSecret");
        assertThat(printed).doesNotContain("wrong-secret").contains("-     organization       not looked at");
    }

    @Test
    void wrongTenant() {
        reader.with("tenantId", "contoso.example");
        assertThat(run()).isEqualTo(1);
        assertFailed("access token", "contoso.example", "check tenantId, clientId and clientSecret");
    }

    @Test
    void organizationThatCannotBeReached() throws Exception {
        reader.without("tenantId").without("clientSecret").without("authority").with("accessToken", "any");
        reader.with("organizationUrl", "https://localhost:" + FreePort.choose()).with("maxRetries", 0);
        assertThat(run()).isEqualTo(3);
        assertFailed("organization", "could not be reached", "Check organizationUrl, the name service, the proxy");
        assertThat(printed).contains("Not known: something could not be reached");
    }

    @Test
    void certificateThatIsNotTrusted() {
        reader.without("tenantId").without("clientSecret").without("authority").with("accessToken", "any");
        reader.without("sslContextParameters");
        assertThat(run()).isEqualTo(1);
        assertFailed("organization", "is not trusted", "add its authority to the trust store of sslContextParameters");
    }

    @Test
    void applicationThatIsNoUserOfTheOrganization() {
        simulator.switches().caller(CallerRights.NOT_A_MEMBER);
        assertThat(run()).isEqualTo(1);
        assertFailed("organization", "not a member of the organization", "Add it as an application user");
    }

    @Test
    void unknownTable() {
        reader.table("acount");
        assertThat(run()).isEqualTo(1);
        assertFailed("table", "no table with the logical name or entity set name acount", "check the spelling");
    }

    @Test
    @ProvesSentence({"current-2", "2021-1"})
    void tableThatIsNotTracked() {
        simulator.define(TableSchema.named("new_project").tracked(false));
        reader.table("new_project");
        assertThat(run()).isEqualTo(1);
        assertFailed("change tracking", "new_project is not enabled for change tracking", "Turn on \"Track changes\"");
    }

    @Test
    void tableThatCannotBeTracked() {
        simulator.define(TableSchema.named("new_project").tracked(false).canBeTracked(false));
        reader.table("new_project");
        assertThat(run()).isEqualTo(1);
        assertFailed(
                "change tracking", "not enabled for change tracking", "This table cannot be enabled for it either");
    }

    @Test
    void noReadPrivilege() {
        simulator.switches().caller(CallerRights.NO_READ);
        assertThat(run()).isEqualTo(1);
        assertFailed("read and columns", "is missing prvReadAccount privilege", "role that can read this table");
    }

    @Test
    void readAtUserLevelOnly() {
        simulator.switches().caller(CallerRights.USER_READ);
        assertThat(run()).isEqualTo(1);
        assertFailed("read and columns", "Required Depth: Global", "read this table at organization level");
    }

    @Test
    void unknownColumn() {
        reader.with("select", "name,nmae");
        assertThat(run()).isEqualTo(1);
        assertFailed("read and columns", "Could not find a property named 'nmae'", "Check the option select");
    }

    @Test
    void storedTokenThatHasExpired() {
        store(Instant.now().minus(Duration.ofHours(200)), "api=webApi;select=;annotations=");
        assertThat(run()).isEqualTo(1);
        assertFailed(
                "stored token",
                "the delta token is 8 days old",
                "send anything to dataverse-changes:account?subscription=default&operation=resync");
        reader.with("onTokenExpired", "resync");
        assertThat(run()).isZero();
        assertThat(printed)
                .contains("expired: the first poll reads the whole table again")
                .contains("0 rows");
    }

    @Test
    void storedTokenOfAnotherQuery() {
        store(Instant.now(), "api=webApi;select=fax;annotations=");
        assertThat(run()).isEqualTo(1);
        assertFailed("stored token", "select=fax", "Give it the old options back");
    }

    @Test
    void storedTokenOfAnotherSubscription() throws Exception {
        Path store = directory.resolve("tokens");
        try (ConsumerRoute reading = of(simulator)
                .with("delay", 20)
                .with("idempotentRepository", new FileDeltaTokenRepository(store))
                .start()) {
            await().until(() -> reading.word() == ReaderStatus.Word.UP);
        }
        Path token = onlyToken(store);
        try (ConsumerRoute reading = of(simulator)
                .table("contact")
                .with("delay", 20)
                .with("idempotentRepository", new FileDeltaTokenRepository(directory.resolve("others")))
                .start()) {
            await().until(() -> reading.word() == ReaderStatus.Word.UP);
        }
        Files.copy(onlyToken(directory.resolve("others")), token, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        reader.with("idempotentRepository", new FileDeltaTokenRepository(store));
        assertThat(run()).isEqualTo(1);
        assertFailed("stored token", "contact", "");
    }

    @Test
    void overTheOrganizationServiceTheDatesAreLookedAtToo() throws Exception {
        accountsIn(simulator.table("account"), 12);
        reader.with("api", "organizationService").with("maxPageSize", 5);
        assertThat(run()).isZero();
        assertThat(printed)
                .contains("  ok    date columns       days can be told from moments")
                .contains("3 pages of up to 5, 6 requests");
        simulator
                .faults()
                .where(path -> path.contains("DateTimeAttributeMetadata"))
                .always(new Forbidden());
        assertThat(run()).isEqualTo(1);
        assertFailed("date columns", "may not read the date columns", "role that can read table definitions");
    }

    /** A reader would begin it again as a reload; who only looks must not. */
    @Test
    void unfinishedLoadOnAStockRepositoryIsLeftAsItIs() {
        IdempotentRepository stock = MemoryIdempotentRepository.memoryIdempotentRepository(4000);
        Checkpoint begun = Checkpoint.first(Phase.INITIAL, Instant.now(), "api=webApi;select=;annotations=");
        new KeySetTokenRepository(stock).advance(id(), 0, begun);
        reader.with("idempotentRepository", stock);
        assertThat(run()).isZero();
        assertThat(printed).contains("in the middle of a full load");
        assertThat(new KeySetTokenRepository(stock).load(id()).orElseThrow().checkpoint())
                .isEqualTo(begun);
    }

    /** The same of one that was asked for with other columns, and has not begun. */
    @Test
    void reloadThatWasAskedForIsLeftAsItIs() {
        Checkpoint asked = Checkpoint.first(Phase.RESYNC, Instant.now(), "api=webApi;select=fax;annotations=");
        tokens.replace(id(), asked);
        assertThat(run()).isZero();
        assertThat(tokens.load(id()).orElseThrow().checkpoint()).isEqualTo(asked);
    }

    @Test
    void tokenStoreThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        reader.with("idempotentRepository", new FileDeltaTokenRepository(file.resolve("tokens")));
        assertThat(run()).isEqualTo(1);
        assertFailed("token store", "tokens", "");
        assertThat(printed).contains("ok    read and columns").contains("-     stored token");
    }

    @Test
    void optionThatIsUnknownOrWrong() {
        reader.with("oragnization", "RAW(value-of-it)");
        assertThat(run()).isEqualTo(2);
        assertThat(printed).contains("no option of the name oragnization").doesNotContain("value-of-it");
        reader.without("oragnization").with("maxPageSize", 0);
        assertThat(run()).isEqualTo(2);
        assertThat(printed).contains("The option maxPageSize must lie between 1 and 5000");
    }

    @Test
    void placeholderWithoutAValue() {
        reader.with("clientSecret", "{{env:NO_SUCH_VARIABLE_IS_SET}}");
        assertThat(run()).isEqualTo(2);
        assertThat(printed)
                .contains("the placeholder {{env:NO_SUCH_VARIABLE_IS_SET}} has no value")
                .contains("set the property or the environment variable");
    }

    @Test
    void uriWithoutItsScheme() {
        reader.context().start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Preflight.run(reader.context(), "account?clientSecret=" + SECRET, new PrintStream(out, true));
        assertThat(code).isEqualTo(2);
        assertThat(out.toString())
                .contains("it must begin with dataverse-changes: and the name of a table")
                .doesNotContain(SECRET);
    }

    @Test
    void serviceThatAsksToWait() {
        simulator.faults().where(path -> path.contains("WhoAmI")).always(new Throttled(60));
        assertThat(run()).isEqualTo(3);
        assertFailed("organization", "asks to wait until", "");
    }

    @Test
    void settingsThatAreHiddenAreAWarningOnly() {
        simulator.switches().organizationSettingsReadable(false);
        assertThat(run()).isZero();
        assertThat(printed).contains("warn  retention").contains("can read the table Organization");
    }

    @Test
    void withPreflightTheSameChecksFailTheStartOfARoute() throws Exception {
        simulator.switches().caller(CallerRights.USER_READ);
        reader.with("preflight", true);
        assertThatThrownBy(reader::start).hasRootCauseInstanceOf(ServiceFault.Forbidden.class);
        simulator.switches().caller(CallerRights.ORGANIZATION_READ);
        accountsIn(simulator.table("account"), 1);
        try (ConsumerRoute later = of(simulator).with("preflight", true).start()) {
            await().until(() -> later.received().size() == 1);
        }
    }

    private ConsumerRoute of(DataverseSimulator organization) {
        return TlsConsumerRoute.of(organization)
                .with("clientId", "app-1")
                .with("clientSecret", "RAW(" + SECRET + ")")
                .with("idempotentRepository", tokens);
    }

    private int run() {
        reader.context().start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Preflight.run(reader.context(), reader.uri(), new PrintStream(out, true));
        printed = out.toString();
        return code;
    }

    private void assertFailed(String check, String what, String remedy) {
        assertThat(printed.lines().filter(line -> line.startsWith("  FAIL")))
                .singleElement()
                .asString()
                .startsWith(String.format("  FAIL  %-18s", check))
                .contains(what)
                .contains(remedy);
        assertThat(printed).doesNotContain(SECRET);
    }

    private void store(Instant obtained, String fingerprint) {
        URI link = URI.create(simulator.secureOrganizationUrl() + "/api/data/v9.2/accounts?$deltatoken=1");
        tokens.replace(id(), new Checkpoint(1, 2, Phase.DELTA, link.toString(), null, 0, 0, obtained, fingerprint));
    }

    private SubscriptionId id() {
        return new SubscriptionId(simulator.secureOrganizationUrl().toString(), "account", "default");
    }

    /** The one of the address: that of the id of the organization tells only where it is. */
    private static Path onlyToken(Path store) throws Exception {
        try (var files = Files.walk(store)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".token"))
                    .filter(file -> !file.getFileName().toString().contains("-organization-"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
