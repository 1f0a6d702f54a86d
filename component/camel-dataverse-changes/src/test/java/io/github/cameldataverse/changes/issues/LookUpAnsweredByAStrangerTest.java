package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.Map;
import org.apache.camel.Processor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gateway answered the look-up that confirms a delete, with 200 and something else than the record: that counted as "the
 * record lives", and the delete was left out for good. One reader is enough; it looks up after every restart inside a round.
 */
@OverBothApis
class LookUpAnsweredByAStrangerTest {

    private static final String API = "&maxPageSize=2&api=" + OverBothApis.API.word();

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final DeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
    private final GuardedSink sink = new GuardedSink();

    /** What stands in the way of the record. */
    enum Stranger {
        SIGN_IN_PAGE(ServiceResponse.text(200, "text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title>")),
        NOTHING(ServiceResponse.status(200)),
        NO_CONTENT(ServiceResponse.status(204)),
        EMPTY_OBJECT(json("{}")),
        MESSAGE(json("{\"Message\":\"The service is under maintenance.\"}")),
        ANOTHER_RECORD(
                json("{\"@odata.etag\":\"W/\\\"5\\\"\",\"accountid\":\"6bd5aff1-62f0-ef11-be20-000d3ab1c2d3\"}"));

        private final ServiceResponse answer;

        Stranger(ServiceResponse answer) {
            this.answer = answer;
        }

        private static ServiceResponse json(String body) {
            return ServiceResponse.json(200, ResponseBody.of(body));
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"N8", "P9", "P13"})
    void aDeleteIsNotLeftOutBecauseOfIt(Stranger stranger) throws Exception {
        accounts.create(Map.of("name", "stays"));
        accounts.create(Map.of("name", "stays too"));
        String gone = accounts.create(Map.of("name", "goes"));
        try (PolledReader reader = reader(sink::take)) {
            reader.pollToTheEnd();
            accounts.ids().forEach(id -> accounts.update(id, Map.of("name", "changed")));
            accounts.delete(gone);
            simulator.faults().whereRequest(RequestKind::forANextPage).next(new ServiceUnavailable(503));
            reader.poll();
        }
        answerTheNextLookUpWith(stranger);
        try (PolledReader reader = reader(sink::take)) {
            reader.pollToTheEnd();
        }
        assertThat(sink.versions()).as("the sink after %s", sink.keys()).isEqualTo(GuardedSink.versionsOf(accounts));
    }

    /** A record that was offered of a load and is gone since: nothing but this look-up tells. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"N8", "C9"})
    void aRecordThatIsGoneFromAnInterruptedLoadIsNotKeptBecauseOfIt(Stranger stranger) throws Exception {
        String gone = accounts.create(Map.of("name", "goes"));
        accounts.create(Map.of("name", "stays"));
        try (PolledReader reader = reader(exchange -> {
            sink.take(exchange);
            if (sink.keys().size() == 2) {
                throw new IllegalStateException("the route fails");
            }
        })) {
            reader.poll();
        }
        accounts.delete(gone);
        answerTheNextLookUpWith(stranger);
        try (PolledReader reader = reader(sink::take)) {
            reader.pollToTheEnd();
        }
        assertThat(sink.versions()).as("the sink after %s", sink.keys()).isEqualTo(GuardedSink.versionsOf(accounts));
    }

    private void answerTheNextLookUpWith(Stranger stranger) {
        simulator
                .faults()
                .whereRequest(LookUpAnsweredByAStrangerTest::isALookUp)
                .next((request, proper) -> stranger.answer);
    }

    private static boolean isALookUp(ServiceRequest request) {
        return (request.path() + request.body()).contains("/accounts(");
    }

    private PolledReader reader(Processor route) throws Exception {
        return new PolledReader(simulator, API, tokens, route);
    }
}
