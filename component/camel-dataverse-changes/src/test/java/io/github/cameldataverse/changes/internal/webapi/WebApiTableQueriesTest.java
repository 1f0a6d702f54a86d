package io.github.cameldataverse.changes.internal.webapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebApiTableQueriesTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    private LoopbackServer server;
    private WiredDataverseClient line;
    private WebApiTableQueries queries;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        line = new WiredDataverseClient(server.origin());
        queries = new WebApiTableQueries(line.client(), server.apiRoot(), Duration.ofMinutes(10));
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        server.close();
    }

    @Test
    void aTableIsLookedUp() throws Exception {
        answer(
                200,
                "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\",\"PrimaryIdAttribute\":\"accountid\","
                        + "\"ChangeTrackingEnabled\":true}]}");

        assertThat(queries.table("accounts")).isEqualTo(ACCOUNT);
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).header("Prefer")).isNull();
    }

    @Test
    @ProvesSentence({"current-25", "2021-12"})
    void theWaitingChangesAreCounted() throws Exception {
        server.answering(LoopbackServer.bytes(200, "\uFEFF42".getBytes("UTF-8"), "text/plain"));

        assertThat(queries.count(ACCOUNT, server.apiRoot() + "accounts?$select=name&$deltatoken=1%21"))
                .isEqualTo(42);
        assertThat(server.requests().get(0).target()).isEqualTo("/api/data/v9.2/accounts/$count?$deltatoken=1%21");
    }

    @Test
    @ProvesFault("P5")
    void noTokenExpiresWhereNoneWasSent() {
        answer(410, "");

        assertThatThrownBy(() -> queries.table("account")).isInstanceOf(ServiceFault.Permanent.class);
    }

    private void answer(int status, String body) {
        server.answering(LoopbackServer.json(status, body));
    }
}
