package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two readers of one subscription; a record that lives was deleted at the sink and stayed gone, because a reader took what it
 * had seen of a round for all of it, though the other one had taken pages of that round in between.
 */
class TwoReadersOfOneRoundTest {

    private static final String RECORD = "6bd5aff1-62f0-ef11-be20-000d3ab1c2d3";
    private static final String OTHER = "6bd5aff1-62f0-ef11-be20-000d3ab1c2d4";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final DeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
    private final GuardedSink sink = new GuardedSink();

    /** Pages of rows come from here; all else, such as a look-up of a record, from the simulator. */
    private final Deque<ServiceResponse> pages = new ArrayDeque<>();

    @BeforeEach
    void prepare() {
        simulator.table("account").create(RECORD, Map.of("name", "lives"));
        simulator.faults().whereRequest(TwoReadersOfOneRoundTest::isForAPage).always(served());
    }

    private static boolean isForAPage(ServiceRequest request) {
        return request.path().endsWith("/accounts");
    }

    private Fault served() {
        return (request, proper) -> pages.remove();
    }

    @Test
    @ProvesFault({"P13", "X1"})
    void anOldTombstoneIsConfirmedWhenAnotherReaderTookThePageWithTheRecord() throws Exception {
        try (PolledReader first = reader();
                PolledReader second = reader()) {
            serve(page(row(OTHER, 1), end("delta-1")));
            first.poll();
            long round = first.checkpoint().round();

            // The second one takes page 1 of the round, the first one finds the next link refused and begins it again.
            serve(page(row(OTHER, 2), more("page-2")), unavailable());
            second.poll();
            serve(refused("0x8004112A"));
            first.poll();

            // By now the record lives again. The first one takes page 1, the second one goes on with page 2.
            serve(page(row(RECORD, 3), more("page-2")), unavailable());
            first.poll();
            int before = lookUps();
            serve(page(tombstone(RECORD), end("delta-2")));
            second.poll();

            assertThat(pages).as("pages not asked for").isEmpty();
            assertThat(second.checkpoint().round()).isEqualTo(round + 1);
            assertThat(lookUps() - before).as("look-ups that confirm").isPositive();
            assertThat(sink.keys()).containsExactly(OTHER + "@1", OTHER + "@2", RECORD + "@3");
            assertThat(sink.versions()).containsKeys(RECORD, OTHER);
        }
    }

    private PolledReader reader() throws Exception {
        return new PolledReader(simulator, "", tokens, sink::take);
    }

    private int lookUps() {
        return (int) simulator.requests().stream()
                .filter(request -> (request.pathAndQuery() + request.body()).contains("accounts(" + RECORD))
                .count();
    }

    private void serve(ServiceResponse... answers) {
        pages.addAll(List.of(answers));
    }

    private ServiceResponse page(String row, String link) {
        return json(
                200,
                "{\"@odata.context\":\"" + root() + "$metadata#accounts(name)/$delta\",\"value\":[" + row + "]," + link
                        + "}");
    }

    private static String row(String id, int version) {
        return "{\"@odata.etag\":\"W/\\\"" + version + "\\\"\",\"name\":\"v" + version + "\",\"accountid\":\"" + id
                + "\"}";
    }

    private String tombstone(String id) {
        return "{\"@odata.context\":\"" + root() + "$metadata#accounts/$deletedEntity\",\"id\":\"" + id
                + "\",\"reason\":\"deleted\"}";
    }

    private String more(String token) {
        return "\"@odata.nextLink\":\"" + root() + "accounts?$select=name&$skiptoken=" + token + "\"";
    }

    private String end(String token) {
        return "\"@odata.deltaLink\":\"" + root() + "accounts?$select=name&$deltatoken=" + token + "\"";
    }

    private static ServiceResponse refused(String code) {
        return json(
                400, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"Invalid page number in paging cookie.\"}}");
    }

    private static ServiceResponse unavailable() {
        return ServiceResponse.status(503);
    }

    private static ServiceResponse json(int status, String body) {
        return ServiceResponse.json(status, ResponseBody.of(body));
    }

    private String root() {
        return simulator.organizationUrl() + "/api/data/v9.2/";
    }
}
