package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In an elastic table the id alone does not name a record, so it is not read unless the user says that ids are unique. */
class ElasticTableTest {

    private static final String TABLE = "{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
            + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}";
    private static final String UNKNOWN =
            "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Could not find a property named 'TableType'\"}}";

    private LoopbackServer server;
    private volatile LoopbackServer.Reply type = LoopbackServer.json(200, "{}");

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer().answering(this::answer);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void anElasticTableIsRefusedBeforeARowIsAskedForUnlessItIsAllowed(ChangeTrackingApi api) throws Exception {
        type = LoopbackServer.json(200, "{\"LogicalName\":\"account\",\"TableType\":\"Elastic\"}");
        try (ConsumerRoute reader = reader(api).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("an elastic table", "partition id", "allowElastic=true");
            assertThat(rowsAskedFor()).isEmpty();
        }
        try (ConsumerRoute reader = reader(api).with("allowElastic", true).start()) {
            await().until(() -> !rowsAskedFor().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatIsStandardOrThatTheServiceDoesNotKnowIsAskedForOnce(ChangeTrackingApi api) throws Exception {
        for (LoopbackServer.Reply known : List.of(
                LoopbackServer.json(200, "{\"LogicalName\":\"account\",\"TableType\":\"Standard\"}"),
                LoopbackServer.json(400, UNKNOWN))) {
            type = known;
            int before = server.requests().size();
            try (ConsumerRoute reader = reader(api).start()) {
                await().until(() -> rowsAskedFor(before).size() >= 2);
                assertThat(server.requests().stream().skip(before))
                        .filteredOn(each -> each.target().contains("TableType"))
                        .hasSize(1);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        if (target.contains("TableType")) {
            type.to(exchange);
        } else if (target.contains("EntityDefinitions(")) {
            LoopbackServer.json(200, TABLE).to(exchange);
        } else if (target.contains("EntityDefinitions")) {
            LoopbackServer.json(200, "{\"value\":[" + TABLE + "]}").to(exchange);
        } else if (target.contains("WhoAmI")) {
            LoopbackServer.json(200, "{\"OrganizationId\":\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"}")
                    .to(exchange);
        } else {
            LoopbackServer.json(503, "{}").to(exchange);
        }
    }

    private List<LoopbackServer.Request> rowsAskedFor() {
        return rowsAskedFor(0);
    }

    private List<LoopbackServer.Request> rowsAskedFor(int from) {
        return server.requests().stream()
                .skip(from)
                .filter(each ->
                        each.target().contains("/accounts") || each.body().contains("RetrieveEntityChanges"))
                .toList();
    }

    private ConsumerRoute reader(ChangeTrackingApi api) {
        return ConsumerRoute.of(server.origin())
                .with("allowInsecure", true)
                .with("accessToken", "an-access-token")
                .with("maxRetries", 0)
                .with("api", api.word());
    }
}
