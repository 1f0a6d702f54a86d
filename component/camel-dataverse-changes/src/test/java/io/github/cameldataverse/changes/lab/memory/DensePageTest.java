package io.github.cameldataverse.changes.lab.memory;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.lab.memory.SmallHeapProcess.Pool;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer within {@code maxPageBytes} may hold millions of rows, names, tags or entities. Each is refused by what it has
 * too many of, or read, and the process with its 96 MB, which would end at the first OutOfMemoryError, goes on.
 */
class DensePageTest {

    private static final int MIB = 1024 * 1024;

    private final AtomicInteger written = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault({"D7", "S9"})
    void aPageOfTheSmallestPiecesFillsNoMemory(ChangeTrackingApi api) throws Exception {
        reading(96, 16 * MIB, "api=" + api.word(), (server, reader) -> pagesOf(api)
                .forEach(page -> serve(page, 16 * MIB, page.said(), server, reader)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bodyType=map", "upsertKind=true"})
    @ProvesFault({"D7", "S9"})
    void aRowOfTheSmallestPiecesFillsNoMemory(String options) throws Exception {
        reading(
                96,
                16 * MIB,
                options,
                (server, reader) -> serve(
                        DensePage.COLUMN_OF_A_ROW,
                        16 * MIB,
                        "more names and values, or a longer text, than is read",
                        server,
                        reader));
    }

    /** The figure stands in the description of the option. */
    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("D7")
    void theDefaultOfMaxPageBytesNeedsAHeapOf176Megabytes(ChangeTrackingApi api) throws Exception {
        DensePage page = api == ChangeTrackingApi.WEB_API ? DensePage.USUAL_ROWS : DensePage.SOAP_USUAL_ROWS;
        int standard = new DataverseChangesConfiguration().getMaxPageBytes();
        reading(
                176,
                standard,
                "api=" + api.word(),
                (server, reader) -> serve(page, standard, page.said(), server, reader));
    }

    private static Stream<DensePage> pagesOf(ChangeTrackingApi api) {
        return Stream.of(DensePage.values())
                .filter(page -> page.isSoap() == (api == ChangeTrackingApi.ORGANIZATION_SERVICE));
    }

    private static void reading(
            int megabytes, int maxPageBytes, String options, BiConsumer<LoopbackServer, SmallHeapReader> pages)
            throws Exception {
        try (LoopbackServer server = new LoopbackServer();
                SmallHeapReader reader = new SmallHeapReader(SmallHeapProcess.process(
                        megabytes,
                        server.origin().toString(),
                        "accessToken=demo&maxPageBytes=" + maxPageBytes + "&" + options,
                        Pool.CAMELS))) {
            pages.accept(server, reader);
        }
    }

    /** Twice, because what is left of the first may be in the way of the second. Then the reader recovers. */
    private void serve(DensePage page, int bytes, String words, LoopbackServer server, SmallHeapReader reader) {
        int said = reader.lines();
        int before = written.get();
        server.answering(exchange -> answer(exchange, page, bytes, server));
        await(page.name())
                .atMost(Duration.ofSeconds(90))
                .failFast(reader::requireAlive)
                .until(() -> written.get() > before + 1);
        reader.awaitSaid(said, words);
        if (!page.isGood()) {
            server.answering(exchange -> answer(exchange, page.calm(), 0, server));
            reader.awaitSaid(said, "up again");
        }
    }

    private void answer(HttpExchange exchange, DensePage page, int bytes, LoopbackServer server) throws IOException {
        String target = exchange.getRequestURI().toString();
        if (target.contains("EntityDefinitions")) {
            LoopbackServer.json(
                            200,
                            "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
                                    + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}")
                    .to(exchange);
        } else if (target.contains("organizations")) {
            LoopbackServer.json(200, "{\"value\":[{\"expirechangetrackingindays\":7}]}")
                    .to(exchange);
        } else if (target.contains("WhoAmI")) {
            LoopbackServer.json(200, "{}").to(exchange);
        } else {
            exchange.getResponseHeaders().set("Content-Type", page.isSoap() ? "text/xml" : "application/json");
            exchange.sendResponseHeaders(page.status(), 0);
            page.write(exchange.getResponseBody(), bytes, server.apiRoot() + "accounts?$deltatoken=1");
            written.incrementAndGet();
        }
    }
}
