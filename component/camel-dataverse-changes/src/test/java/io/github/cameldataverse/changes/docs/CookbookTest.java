package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.docs.cookbook.AccountRows;
import io.github.cameldataverse.changes.docs.cookbook.BatchesRecipe;
import io.github.cameldataverse.changes.docs.cookbook.ByTypeRecipe;
import io.github.cameldataverse.changes.docs.cookbook.DeadLetterRecipe;
import io.github.cameldataverse.changes.docs.cookbook.ExactlyOnceRecipe;
import io.github.cameldataverse.changes.docs.cookbook.FencedRecipe;
import io.github.cameldataverse.changes.docs.cookbook.FilesRecipe;
import io.github.cameldataverse.changes.docs.cookbook.JmsRecipe;
import io.github.cameldataverse.changes.docs.cookbook.RecordingComponent;
import io.github.cameldataverse.changes.docs.cookbook.ReloadRecipe;
import io.github.cameldataverse.changes.docs.cookbook.SqlRecipe;
import io.github.cameldataverse.changes.docs.cookbook.TablesRecipe;
import io.github.cameldataverse.changes.docs.cookbook.WriteBackRecipe;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.RouteController;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recipes of docs/cookbook.md. */
class CookbookTest {

    private static final String RECIPES = "component/camel-dataverse-changes/src/test/resources/docs/cookbook/";

    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    @TempDir
    Path folder;

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void everyChangeBecomesAFileNamedByItsKey() {
        String kept = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        String gone = SIMULATOR.table("account").create(Map.of("name", "Fourth Coffee"));
        start(new FilesRecipe());
        await().until(() -> files().size() == 2);
        SIMULATOR.table("account").delete(gone);
        await().until(() -> files().size() == 3);
        assertThat(files()).anyMatch(name -> name.matches(kept + "@\\d+\\.json"));
        assertThat(files()).anyMatch(file -> file.matches(gone + "![0-9]{13}\\.json"));
    }

    @Test
    void aFileThatIsThereIsReplacedAndWhatACrashHasLeftBehindDoesNoHarm() throws Exception {
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        String name = id + "@" + SIMULATOR.table("account").version(id) + ".json";
        Files.writeString(folder.resolve(name), "of a reload with other columns");
        Files.writeString(folder.resolve(".part-" + name), "x".repeat(10_000));
        start(new FilesRecipe());
        // For a moment between the old one and the new one there is none.
        await().ignoreException(NoSuchFileException.class)
                .until(() -> Files.readString(folder.resolve(name)).startsWith("{"));
        assertThat(folder.resolve(name)).content().contains("Adventure Works").endsWith("}");
        assertThat(folder.resolve(".part-" + name)).doesNotExist();
    }

    @Test
    void aBatchOfUpToAHundredRowsBecomesOneFileWithALineForEach() throws Exception {
        List<String> ids = accounts(101);
        start(new BatchesRecipe());
        await().until(() -> files().size() == 2);
        assertThat(files()).allMatch(name -> name.matches("batch![0-9]{13}![0-9a-f]+\\.jsonl"));
        assertOneLineForEach(ids);
    }

    private static List<String> accounts(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> SIMULATOR.table("account").create(Map.of("name", "Account " + number)))
                .toList();
    }

    private void assertOneLineForEach(List<String> ids) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String file : files()) {
            List<String> linesOfFile = Files.readAllLines(folder.resolve(file));
            sizes.add(linesOfFile.size());
            lines.addAll(linesOfFile);
        }
        assertThat(sizes).containsExactlyInAnyOrder(100, 1);
        assertThat(lines).hasSize(ids.size());
        assertThat(ids).allSatisfy(id -> assertThat(lines)
                .filteredOn(line -> line.contains("\"" + id + "\""))
                .hasSize(1));
    }

    @Test
    void aFileAsksForAReloadAndIsGone() throws Exception {
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        Path file = folder.resolve(id + "@" + SIMULATOR.table("account").version(id) + ".json");
        start(new FilesRecipe(), new ReloadRecipe());
        await().until(() -> Files.exists(file));
        Files.delete(file);
        Path wish = Files.createFile(
                Files.createDirectories(folder.resolve("reload")).resolve("now"));
        await().until(() -> Files.exists(file));
        await().until(() -> Files.notExists(wish));
    }

    @Test
    void aFileNamedByTheRoundLetsAReloadOfAnEmptyTableGoOn() throws Exception {
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        start(new FilesRecipe(), new ReloadRecipe());
        await().until(() -> !files().isEmpty());
        SIMULATOR.table("account").ids().forEach(SIMULATOR.table("account")::delete);
        Files.createFile(Files.createDirectories(folder.resolve("reload")).resolve("now"));
        String round = await().until(this::round, Optional::isPresent).orElseThrow();
        Path leave = Files.createFile(
                Files.createDirectories(folder.resolve("allow-deletes")).resolve(round));
        await().until(() -> Files.notExists(leave));
        await().until(() -> round().isEmpty());
    }

    /** Of the reload that waits, as the health check names it. */
    private Optional<String> round() {
        return HealthCheckHelper.invoke(main.getCamelContext()).stream()
                .map(result -> String.valueOf(result.getMessage().orElse("")))
                .flatMap(message -> Pattern.compile("CamelDataverseChangesRound=(\\d+)")
                        .matcher(message)
                        .results())
                .map(match -> match.group(1))
                .findFirst();
    }

    @Test
    void aMessageCarriesWhatItsReceiverNeeds() {
        RecordingComponent jms = new RecordingComponent();
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        main.bind("jms", jms);
        start(new JmsRecipe());
        await().until(() -> !jms.sent.isEmpty());
        long version = SIMULATOR.table("account").version(id);
        assertThat(jms.sent.get(0))
                .containsEntry("_AMQ_DUPL_ID", id + "@" + version)
                .containsEntry("JMSXGroupID", id)
                .containsEntry("type", "upsert")
                .containsEntry("id", id)
                .containsEntry("version", version)
                .containsEntry("key", id + "@" + version)
                .hasEntrySatisfying("body", body -> assertThat((String) body).contains("Adventure Works"));
    }

    @Test
    void aMessageOfAReloadIsNoDuplicateOfTheOneBefore() {
        RecordingComponent jms = new RecordingComponent();
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        String key = id + "@" + SIMULATOR.table("account").version(id);
        main.bind("jms", jms);
        start(new JmsRecipe(), new ReloadRecipe());
        await().until(() -> !jms.sent.isEmpty());
        main.getCamelContext().createProducerTemplate().sendBody("dataverse-changes:account?operation=resync", null);
        await().until(() -> jms.sent.size() == 4);
        String round = ((String) jms.sent.get(1).get("key")).replace("resyncStarted!", "#");
        assertThat(jms.sent).extracting(sent -> sent.get("key")).element(2).isEqualTo(key);
        assertThat(jms.sent.get(0)).containsEntry("_AMQ_DUPL_ID", key);
        assertThat(jms.sent.get(2)).containsEntry("_AMQ_DUPL_ID", key + round);
    }

    @Test
    void theTableFollowsAndAReloadRemovesGhosts() throws Exception {
        JdbcDataSource database = database();
        String kept = SIMULATOR
                .table("account")
                .create(Map.of("name", "Adventure Works", "revenue", new BigDecimal("1.2500")));
        String gone = SIMULATOR.table("account").create(Map.of("name", "Fourth Coffee"));
        start(new SqlRecipe(new AccountRows(database)));
        await().until(() -> rows(database).size() == 2);
        SIMULATOR.table("account").update(kept, Map.of("name", "Adventure Works Ltd"));
        SIMULATOR.table("account").delete(gone);
        await().until(() -> rows(database).equals(List.of("Adventure Works Ltd 1.2500")));

        String ghost = SIMULATOR.table("account").create(Map.of("name", "Ghost"));
        await().until(() -> rows(database).size() == 2);
        RouteController routes = main.getCamelContext().getRouteController();
        String route = main.getCamelContext().getRoutes().get(0).getRouteId();
        routes.suspendRoute(route);
        SIMULATOR.table("account").delete(ghost);
        // Its tombstone will not come.
        SIMULATOR.clock().advance(Duration.ofDays(8));
        routes.resumeRoute(route);
        await().until(() -> rows(database).equals(List.of("Adventure Works Ltd 1.2500")));
    }

    @Test
    @ProvesFault("P16")
    void aColumnThatARowDoesNotHaveKeepsItsValueAndOneThatIsNullIsCleared() throws Exception {
        JdbcDataSource database = database();
        AccountRows rows = new AccountRows(database);
        String id = UUID.randomUUID().toString();
        rows.upsert(Map.of("name", "Adventure Works"), id, 1, 1);
        assertThat(rows(database)).containsExactly("Adventure Works null");
        rows.upsert(Map.of("name", "Adventure Works", "revenue", new BigDecimal("1.2500")), id, 2, 1);
        rows.upsert(Map.of("name", "Adventure Works Ltd"), id, 3, 2);
        assertThat(rows(database)).containsExactly("Adventure Works Ltd 1.2500");
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("revenue", null);
        rows.upsert(cleared, id, 4, 3);
        assertThat(rows(database)).containsExactly("Adventure Works Ltd null");
        rows.upsert(Map.of(), UUID.randomUUID().toString(), 5, 3);
        assertThat(column(database, "select accountid from account")).hasSize(2);
    }

    @Test
    void rowsAndTokenMoveTogetherOrNotAtAll() throws Exception {
        JdbcDataSource database = database();
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works", "revenue", BigDecimal.TEN));
        start(new ExactlyOnceRecipe(database));
        await().until(() -> rows(database).equals(List.of("Adventure Works 10.0000")));

        // The load is over: its notes are gone with the move of the checkpoint.
        await().until(() ->
                column(database, "select count(*) from dataverse_delivered").equals(List.of("0")));

        // The row is written, then the commit of its exchange fails.
        execute(database, "alter table dataverse_delivered add constraint held check (revision < 0)");
        NotifyBuilder failures =
                new NotifyBuilder(main.getCamelContext()).whenFailed(1).create();
        SIMULATOR.table("account").update(id, Map.of("name", "Adventure Works Ltd"));
        await().until(failures::matches);
        assertThat(rows(database)).containsExactly("Adventure Works 10.0000");
        execute(database, "alter table dataverse_delivered drop constraint held");
        await().until(() -> rows(database).equals(List.of("Adventure Works Ltd 10.0000")));
    }

    @Test
    @ProvesFault("X5")
    void aReaderThatWasOvertakenIsRefusedByTheFence() throws Exception {
        JdbcDataSource database = database();
        execute(database, Repository.read(RECIPES + "account_reader.sql"));
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works", "revenue", BigDecimal.TEN));
        start(new FencedRecipe(database));
        await().until(() -> rows(database).equals(List.of("Adventure Works 10.0000")));

        // What another reader does that has taken over.
        execute(database, "update account_reader set revision = 2 * revision");
        NotifyBuilder failures =
                new NotifyBuilder(main.getCamelContext()).whenFailed(1).create();
        SIMULATOR.table("account").update(id, Map.of("name", "Adventure Works Ltd"));
        await().until(failures::matches);
        assertThat(rows(database)).containsExactly("Adventure Works 10.0000");
        execute(database, "update account_reader set revision = 0");
        await().until(() -> rows(database).equals(List.of("Adventure Works Ltd 10.0000")));
    }

    @Test
    void aRouteThatLooksAtTheTypeFirstTakesDeletesAndReloadsAndMoneyKeepsItsDigits() {
        Sink written = new Sink(null);
        Sink deleted = new Sink(null);
        Map<String, Object> row = Map.of("name", "Contoso", "revenue", new BigDecimal("12345678901234.5670"));
        String id = SIMULATOR.table("account").create(row);
        start(new ByTypeRecipe(), written.at("direct:written"), deleted.at("direct:deleted"));
        await().until(() -> written.bodies.size() == 1);
        assertThat(written.bodies.get(0))
                .isEqualTo("Account[accountid=" + id + ", name=Contoso, revenue=12345678901234.5670]");
        main.getCamelContext().createProducerTemplate().sendBody("dataverse-changes:account?operation=resync", null);
        await().until(() -> written.bodies.size() == 2);
        SIMULATOR.table("account").delete(id);
        await().until(() -> deleted.bodies.equals(List.of(id)));
    }

    @Test
    void whatTheSinkRefusesGoesToTheDeadLettersAndTheNextChangeFollows() {
        Sink sink = new Sink(new IllegalArgumentException("no such customer"));
        Sink deadLetters = new Sink(null);
        SIMULATOR.table("account").create(Map.of("name", "refused"));
        SIMULATOR.table("account").create(Map.of("name", "the next one"));
        start(new DeadLetterRecipe(), sink.at("direct:sink"), deadLetters.at("direct:dead-letters"));
        await().until(() -> deadLetters.bodies.size() == 2);
        assertThat(deadLetters.bodies.get(0)).contains("refused");
        assertThat(deadLetters.bodies.get(1)).contains("the next one");
    }

    @Test
    void nothingIsLostWhileTheDeadLettersAreDown() {
        Sink sink = new Sink(new IllegalArgumentException("no such customer"));
        Sink deadLetters = new Sink(new IOException("dead letters are down"));
        SIMULATOR.table("account").create(Map.of("name", "refused"));
        start(new DeadLetterRecipe(), sink.at("direct:sink"), deadLetters.at("direct:dead-letters"));
        await().until(() -> deadLetters.refused.size() >= 2);
        deadLetters.failure.set(null);
        await().until(() -> deadLetters.bodies.size() == 1);
        assertThat(deadLetters.bodies.get(0)).contains("refused");
    }

    @Test
    void inAnOutageNothingGoesToTheDeadLetters() {
        Sink sink = new Sink(new IOException("the sink is down"));
        Sink deadLetters = new Sink(null);
        SIMULATOR.table("account").create(Map.of("name", "waiting"));
        start(new DeadLetterRecipe(), sink.at("direct:sink"), deadLetters.at("direct:dead-letters"));
        await().until(() -> sink.refused.size() >= 2);
        sink.failure.set(null);
        await().until(() -> sink.bodies.size() == 1);
        assertThat(deadLetters.bodies).isEmpty();
    }

    @Test
    void tokensAreKeptInADatabaseThatPropertiesName() throws Exception {
        JdbcDataSource database = database();
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        main.bind("dataSource", database);
        main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "jdbc-tokens.properties"));
        start(new FilesRecipe());
        await().until(() -> files().size() == 1);
        // Under the id of the organization a second row tells only where the first one is.
        String kept = "select count(*) from dataverse_checkpoint where subscription not like '%-organization-%'";
        await().until(() -> column(database, kept).equals(List.of("1")));
    }

    @Test
    void tokensAreKeptInATableOfCamelThatPropertiesName() throws Exception {
        JdbcDataSource database = database();
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        main.bind("dataSource", database);
        main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "camel-jdbc-tokens.properties"));
        start(new FilesRecipe());
        await().until(() -> files().size() == 1);
        await().until(() -> !column(database, "select messageId from CAMEL_MESSAGEPROCESSED")
                .isEmpty());
    }

    @Test
    void tokensAreKeptInAFileOfCamelThatPropertiesName() {
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "camel-file-tokens.properties"));
        start(new FilesRecipe());
        await().until(() -> Files.exists(folder.resolve("tokens.txt"))
                && Files.size(folder.resolve("tokens.txt")) > 0
                && files().size() == 2);
    }

    @Test
    void theTablesOfTheTokensMayBeCreatedBySomebodyElseWhoIsToldHow() throws Exception {
        JdbcDataSource database = database();
        JdbcDeltaTokenRepository tokens = new JdbcDeltaTokenRepository(database);
        tokens.setCreateTables(false);
        String statements = Repository.read(RECIPES + "token-tables.sql");
        assertThatThrownBy(tokens::start)
                .hasMessageContaining("createTables=false")
                .satisfies(refusal -> assertThat(words(refusal.getMessage().replace(" IF NOT EXISTS", "")))
                        .contains(words(statements)));
        execute(database, statements);
        tokens.start();
        tokens.stop();
    }

    private static String words(String sql) {
        return sql.toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceAll("\\( ", "(")
                .replaceAll(" \\)", ")")
                .strip();
    }

    @Test
    void tokensAreKeptInADirectoryThatYamlNames() {
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        String name = id + "@" + SIMULATOR.table("account").version(id) + ".json";
        main.configure().withRoutesIncludePattern("file:" + Repository.path(RECIPES + "file-tokens.yaml"));
        start();
        await().until(() -> Files.exists(folder.resolve("accounts").resolve(name)));
        assertThat(folder.resolve("tokens")).isNotEmptyDirectory();
    }

    @Test
    void eachTableOfAListHasARouteOfItsOwn() {
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        SIMULATOR.table("contact").create(Map.of("fullname", "Maria"));
        main.addOverrideProperty("tables", "account, contact");
        start(new TablesRecipe());
        await().until(() -> files("account").size() == 1 && files("contact").size() == 1);
        assertThat(main.getCamelContext().getRoute("contact-to-files")).isNotNull();
    }

    @Test
    void eachTableThatPropertiesNameHasARouteOfATemplateInYaml() {
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        SIMULATOR.table("contact").create(Map.of("fullname", "Maria"));
        main.configure().withRoutesIncludePattern("file:" + Repository.path(RECIPES + "tables.yaml"));
        main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "tables.properties"));
        start();
        await().until(() -> files("account").size() == 1 && files("contact").size() == 1);
        assertThat(main.getCamelContext().getRoute("contact-to-files")).isNotNull();
    }

    @Test
    void whatAnotherSystemKnowsIsWrittenBackOnceHoweverOftenItComes() throws Exception {
        try (DataverseSimulator organization = DataverseSimulator.builder()
                .accessToken("any")
                .tenant("contoso")
                .client("writer", "s=cr&t")
                .build()) {
            SimulatedTable ratings = organization.define(TableSchema.named("new_rating")
                    .column("new_accountnumber", ColumnType.TEXT)
                    .column("new_grade", ColumnType.TEXT)
                    .alternateKey("new_NumberKey", "new_accountnumber"));
            SimulatedTable accounts = organization.table("account");
            String id =
                    accounts.create(Map.of("accountnumber", "O'Neil 1/2 & Ü+", "revenue", new BigDecimal("1.0000")));
            accounts.create(Map.of("name", "without a number"));
            main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "write-back.properties"));
            main.addOverrideProperty(
                    "organization", organization.organizationUrl().toString());
            main.addOverrideProperty(
                    "sign-in-service", organization.organizationUrl().toString());
            main.addOverrideProperty("tenant", "contoso");
            main.addOverrideProperty("client", "writer");
            main.addOverrideProperty("secret", "s=cr&t");
            main.addOverrideProperty("ratings", "direct:ratings");
            start(organization.organizationUrl(), new WriteBackRecipe(), new RatingsOfAnotherSystem());
            await().until(() -> ratings.size() == 1);
            String rating = ratings.ids().get(0);
            assertThat(ratings.row(rating))
                    .containsEntry("new_accountnumber", "O'Neil 1/2 & Ü+")
                    .containsEntry("new_grade", "grade of 1.0000");

            accounts.update(id, Map.of("revenue", new BigDecimal("10.0000")));
            await().until(() -> "grade of 10.0000".equals(ratings.row(rating).get("new_grade")));
            long written = ratings.version(rating);
            main.getCamelContext()
                    .createProducerTemplate()
                    .sendBody("dataverse-changes:account?operation=resync", null);
            await().until(() -> ratings.version(rating) > written);
            assertThat(ratings.size()).isOne();
        }
    }

    /** Grades an account by its revenue. */
    private static final class RatingsOfAnotherSystem extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:ratings").setBody(simple("{\"new_grade\":\"grade of ${body[revenue]}\"}"));
        }
    }

    private void start(RouteBuilder... routes) {
        start(SIMULATOR.organizationUrl(), routes);
    }

    private void start(URI organization, RouteBuilder... routes) {
        main.addOverrideProperty("camel.component.dataverse-changes.organizationUrl", organization.toString());
        main.addOverrideProperty("camel.component.dataverse-changes.allowInsecure", "true");
        main.addOverrideProperty("camel.component.dataverse-changes.accessToken", "any");
        main.addOverrideProperty("folder", folder.toString());
        main.addOverrideProperty("sink", "direct:sink");
        main.addOverrideProperty("dead-letters", "direct:dead-letters");
        for (RouteBuilder route : routes) {
            main.configure().addRoutesBuilder(route);
        }
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                configured
                        .getCamelContext()
                        .getCamelContextExtension()
                        .registerEndpointCallback((uri, endpoint) -> inAHurry(endpoint));
            }
        });
        main.start();
    }

    /** The recipes ask once a minute. */
    private static Endpoint inAHurry(Endpoint endpoint) {
        if (endpoint instanceof DataverseChangesEndpoint changes) {
            changes.setInitialDelay(0);
            changes.setDelay(100);
        }
        return endpoint;
    }

    private List<String> files() {
        return filesIn(folder);
    }

    private List<String> files(String table) {
        Path of = folder.resolve(table);
        return Files.isDirectory(of) ? filesIn(of) : List.of();
    }

    private static List<String> filesIn(Path of) {
        try (Stream<Path> files = Files.list(of)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JdbcDataSource database() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1"
                + ";LOCK_TIMEOUT=20000");
        execute(database, Repository.read(RECIPES + "account.sql"));
        return database;
    }

    private static List<String> rows(JdbcDataSource database) throws SQLException {
        return column(
                database,
                "select name || ' ' || coalesce(cast(revenue as varchar), 'null') from account order by name");
    }

    private static void execute(JdbcDataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> column(JdbcDataSource database, String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }

    /** Takes what it is sent, or fails. */
    private static final class Sink {
        final List<String> bodies = new CopyOnWriteArrayList<>();
        final List<String> refused = new CopyOnWriteArrayList<>();
        final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Sink(@Nullable Exception failure) {
            this.failure.set(failure);
        }

        RouteBuilder at(String uri) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).errorHandler(noErrorHandler()).process(Sink.this::take);
                }
            };
        }

        private void take(Exchange exchange) throws Exception {
            String body = exchange.getMessage().getBody(String.class);
            Exception now = failure.get();
            if (now != null) {
                refused.add(body);
                throw now;
            }
            bodies.add(body);
        }
    }
}
