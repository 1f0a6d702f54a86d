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
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        serve(api, 96, 16 * MIB, EnumSet.allOf(DensePage.class));
    }

    /** The figure stands in the description of the option. */
    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("D7")
    void theDefaultOfMaxPageBytesNeedsAHeapOf160Megabytes(ChangeTrackingApi api) throws Exception {
        int standard = new DataverseChangesConfiguration().getMaxPageBytes();
        serve(api, 160, standard, EnumSet.of(DensePage.USUAL_ROWS, DensePage.SOAP_USUAL_ROWS));
    }

    private void serve(ChangeTrackingApi api, int megabytes, int maxPageBytes, Set<DensePage> pages) throws Exception {
        boolean soap = api == ChangeTrackingApi.ORGANIZATION_SERVICE;
        try (LoopbackServer server = new LoopbackServer();
                SmallHeapReader reader = new SmallHeapReader(SmallHeapProcess.process(
                        megabytes,
                        server.origin().toString(),
                        "accessToken=demo&maxPageBytes=" + maxPageBytes + "&api=" + api.word(),
                        Pool.CAMELS))) {
            pages.stream()
                    .filter(page -> page.isSoap() == soap)
                    .forEach(page -> serve(page, maxPageBytes, server, reader));
        }
    }

    /** The reader asks for the next one when it is done with this one. */
    private void serve(DensePage page, int bytes, LoopbackServer server, SmallHeapReader reader) {
        int said = reader.lines();
        int before = written.get();
        server.answering(exchange -> answer(exchange, page, bytes, server));
        await(page.name())
                .atMost(Duration.ofSeconds(90))
                .failFast(reader::requireAlive)
                .until(() -> written.get() > before + 1);
        reader.awaitSaid(page.said().equals(DensePage.GOOD) ? said : 0, page.said());
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
        } else {
            exchange.getResponseHeaders().set("Content-Type", page.isSoap() ? "text/xml" : "application/json");
            exchange.sendResponseHeaders(page.status(), 0);
            page.write(exchange.getResponseBody(), bytes, server.apiRoot() + "accounts?$deltatoken=1");
            written.incrementAndGet();
        }
    }
}
