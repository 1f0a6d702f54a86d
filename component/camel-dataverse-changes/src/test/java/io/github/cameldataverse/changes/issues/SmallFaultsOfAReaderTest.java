package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.repository.RepositoryUse;
import io.github.cameldataverse.changes.internal.repository.TokenRepositories;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of the Web API in bytes: a reload of tombstones only, links that leave columns out; and repositories. */
class SmallFaultsOfAReaderTest {

    private static final String TABLE = "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
            + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}";
    private static final String ROW_1 = "{\"@odata.etag\":\"W/\\\"1001\\\"\",\"accountid\":"
            + "\"00000000-0000-0000-0000-000000000001\",\"name\":\"a\"}";
    private static final String ROW_2 =
            "{\"@odata.etag\":\"W/\\\"1002\\\"\",\"accountid\":" + "\"00000000-0000-0000-0000-000000000002\"}";
    private static final String TOMBSTONE = "{\"@odata.context\":\"x#accounts/$deletedEntity\",\"id\":"
            + "\"00000000-0000-0000-0000-000000000009\",\"reason\":\"deleted\"}";

    private LoopbackServer server;
    private volatile String load = "";
    private volatile String page2 = "";

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private ConsumerRoute reader() throws IOException {
        server = new LoopbackServer();
        server.answering(this::answer);
        return ConsumerRoute.of(server.origin())
                .with("allowInsecure", true)
                .with("accessToken", "an-access-token")
                .with("maxRetries", 0)
                .with("select", "name");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String body = target.contains("EntityDefinitions")
                ? TABLE
                : !target.contains("/accounts")
                        ? "{}"
                        : target.contains("deltatoken")
                                ? page("", "deltaLink", "$select=name&$deltatoken=1")
                                : target.contains("skiptoken") ? page2 : load;
        LoopbackServer.json(200, body).to(exchange);
    }

    private String page(String rows, String kind, String query) {
        return "{\"value\":[" + rows + "],\"@odata." + kind + "\":\"" + server.apiRoot() + "accounts?" + query + "\"}";
    }

    /** A tombstone is no row. */
    @Test
    void aReloadThatBringsATombstoneOnlyBringsNoRow() throws Exception {
        try (ConsumerRoute reader = reader()) {
            load = page(ROW_1, "deltaLink", "$select=name&$deltatoken=1");
            reader.start();
            await().until(() -> reader.received().size() == 1 && reader.word() == Word.UP);
            load = page(TOMBSTONE, "deltaLink", "$select=name&$deltatoken=1");
            server.answering(exchange -> {
                String target = exchange.getRequestURI().toString();
                if (target.contains("batch") || target.contains("accounts(")) {
                    LoopbackServer.json(
                                    404, "{\"error\":{\"code\":\"0x80040217\",\"message\":\"account does not exist\"}}")
                            .to(exchange);
                } else {
                    answer(exchange);
                }
            });
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            await().until(() -> reader.word() == Word.FAULTED || reader.types().contains("resyncCompleted"));
            assertThat(reader.types()).doesNotContain("resyncCompleted");
        }
    }

    /** As the page promises: once, also while the route refuses the page behind which the link leads on. */
    @Test
    void aNarrowedLinkIsToldOfOnceWhileTheRouteRefusesThePage() throws Exception {
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader().doing(exchange -> {
                    throw new IllegalStateException("the route fails");
                })) {
            load = page(ROW_1, "deltaLink", "$select=accountid&$deltatoken=1");
            reader.start();
            await().until(() -> server.requests().stream()
                            .filter(request -> request.target().contains("/accounts"))
                            .count()
                    > 4);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("without the columns [name]"))
                    .hasSize(1);
        }
    }

    /** A gateway that does not like quotes and brackets in an address: nobody has said that the table is no elastic one. */
    @Test
    void aQuestionForTheTypeOfATableThatAGatewayRefusesIsNoAnswer() throws Exception {
        try (ConsumerRoute reader = reader()) {
            load = page(ROW_1, "deltaLink", "$select=name&$deltatoken=1");
            server.answering(exchange -> {
                String target = exchange.getRequestURI().toString();
                if (target.contains("EntityDefinitions(")) {
                    LoopbackServer.bytes(
                                    400,
                                    "<html><body>Request blocked</body></html>"
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                    "text/html")
                            .to(exchange);
                } else {
                    answer(exchange);
                }
            });
            reader.start();
            await().until(() -> reader.word() == Word.FAULTED || reader.word() == Word.UP);
            assertThat(reader.received()).isEmpty();
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
        }
    }

    /** A proxy that wants its user signed in: the organization never saw the request, and no token was refused. */
    @Test
    void thePortalOfAProxyThatSignsInThroughMicrosoftIsNotTheOrganization() throws Exception {
        try (ConsumerRoute reader = reader()) {
            server.answering(LoopbackServer.bytes(
                    200,
                    ("<html><body onload=\"document.forms[0].submit()\"><form method=\"POST\" action=\""
                                    + "https://login.microsoftonline.com/0b5f/saml2\"><input name=\"SAMLRequest\""
                                    + " value=\"PHNh\"/></form>Contoso web gateway: sign in to use the internet</body></html>")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "text/html",
                    "Server",
                    "Zscaler/6.2"));
            reader.start();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).doesNotContain("sign-in page");
        }
    }

    /** The exchange came back without a failure, so nobody else has told the user's handler that it is not stored. */
    @Test
    void anExceptionHandlerOfTheUserIsToldThatTheRouteDoesNotCommit() throws Exception {
        List<Throwable> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        org.apache.camel.spi.ExceptionHandler handler =
                new org.apache.camel.support.LoggingExceptionHandler(
                        new DefaultCamelContext(), getClass(), org.apache.camel.LoggingLevel.OFF) {
                    @Override
                    public void handleException(
                            String message, org.apache.camel.Exchange exchange, Throwable exception) {
                        told.add(exception);
                    }
                };
        try (ConsumerRoute reader = reader().with("manualCommit", true).with("exceptionHandler", handler)) {
            load = page(ROW_1, "deltaLink", "$select=name&$deltatoken=1");
            reader.start();
            await().until(() -> reader.received().size() >= 2);
            assertThat(reader.word()).isEqualTo(Word.POISONED);
            assertThat(told).isNotEmpty();
        }
    }

    /** What an operator allows, in a database. */
    @Test
    void aLeaveIsKeptInADatabaseToo() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        JdbcDeltaTokenRepository tokens = new JdbcDeltaTokenRepository(database);
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).with("knownIds", true)) {
            load = page(ROW_1, "deltaLink", "$select=name&$deltatoken=1");
            reader.start();
            await().until(() -> reader.received().size() == 1 && reader.word() == Word.UP);
            load = page("", "deltaLink", "$select=name&$deltatoken=1");
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            await().until(() -> reader.word() == Word.FAULTED);
            reader.context()
                    .createProducerTemplate()
                    .requestBodyAndHeader(
                            reader.uri() + "&operation=allowDeletes",
                            null,
                            DataverseChangesConstants.ROUND,
                            reader.checkpoint().round());
            await().until(() -> reader.word() == Word.UP || reader.message().contains("0x"));
        }
    }

    @Test
    void aRepositoryIsStartedWhileAnybodyUsesIt() throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        List<Future<Integer>> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<DefaultCamelContext> contexts = List.of(new DefaultCamelContext(), new DefaultCamelContext());
        contexts.forEach(DefaultCamelContext::disableJMX);
        contexts.forEach(DefaultCamelContext::start);
        for (int thread = 0; thread < 6; thread++) {
            DefaultCamelContext context = contexts.get(thread % 2);
            TokenRepositories repositories = new TokenRepositories();
            Callable<Integer> using = () -> {
                int stopped = 0;
                for (int i = 0; i < 3000; i++) {
                    try (RepositoryUse use = repositories.use(context, tokens);
                            RepositoryUse again = use.again()) {
                        stopped += tokens.isStarted() ? 0 : 1;
                    }
                }
                return stopped;
            };
            all.add(threads.submit(using));
        }
        for (Future<Integer> each : all) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isZero();
        }
        threads.shutdownNow();
        assertThat(tokens.isStarted()).isFalse();
        contexts.forEach(DefaultCamelContext::stop);
    }
}
