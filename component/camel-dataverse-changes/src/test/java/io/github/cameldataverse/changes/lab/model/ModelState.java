package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.faults.HtmlBody;
import io.github.cameldataverse.changes.testkit.faults.MissingDeltaLink;
import io.github.cameldataverse.changes.testkit.faults.RefusedNextLink;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A table, a token, a sink, and one or two readers between them; takes steps, and looks after each whether all is well. */
final class ModelState implements AutoCloseable {

    private static final Duration TOO_LONG = Duration.ofDays(8);
    private static final int STEPS_OF_A_POLL = 24;
    private static final List<Fault> FAULTS = List.of(
            new ServiceUnavailable(503),
            new CutBody(100),
            new MissingDeltaLink(),
            new ErrorInside200(),
            new HtmlBody());

    private final DataverseSimulator simulator;
    private final SimulatedTable accounts;
    private final DeltaTokenRepository store;
    private final String api;
    private final ModelSink sink = new ModelSink();
    private final CamelContext context = new DefaultCamelContext();
    private final CamelContext elsewhere = new DefaultCamelContext();
    private ModelReader reader;
    private ModelReader rival;
    private long revision;

    /** @param api which the readers ask */
    ModelState(DataverseSimulator simulator, DeltaTokenRepository store, String api) throws Exception {
        this.api = api;
        this.simulator = simulator;
        simulator.reset();
        // The service is to refuse an expired token; a reader that is told the time would not ask with it.
        simulator.switches().dateHeader(false);
        this.accounts = simulator.table("account");
        this.store = store;
        context.disableJMX();
        elsewhere.disableJMX();
        context.start();
        elsewhere.start();
        reader = new ModelReader(context, organization(), store, sink);
        rival = new ModelReader(elsewhere, organization(), store, sink);
    }

    private String organization() {
        return simulator.organizationUrl() + "&api=" + api;
    }

    void take(ModelStep step) throws Exception {
        int n = step.argument();
        switch (step.kind()) {
            case CREATE -> accounts.create(Map.of("name", "a" + n));
            case UPDATE -> withRecord(n, id -> accounts.update(id, Map.of("name", "b" + n)));
            case DELETE -> withRecord(n, accounts::delete);
            case COME_AND_GO -> accounts.delete(accounts.create(Map.of("name", "c" + n)));
            case GO_AND_RETURN -> withRecord(n, id -> goAndReturn(id, n));
            case POLL -> reader.poll();
            case FAIL -> reader.pollFailingAt(n % (2 * ModelReader.PAGE));
            case DIE -> die(n % STEPS_OF_A_POLL);
            case RESTART -> restart();
            case BREAK_THE_SERVICE -> pollBroken(FAULTS.get(n % FAULTS.size()));
            case REFUSE_THE_NEXT_LINK -> pollRefused();
            case EXPIRE -> simulator.clock().advance(TOO_LONG);
            case MEET_A_RIVAL -> meet(n % (2 * ModelReader.PAGE));
        }
        sink.assertBounded();
        assertTokenNeverGoesBack();
    }

    private void withRecord(int n, Consumer<String> action) {
        if (accounts.size() > 0) {
            action.accept(accounts.ids().get(n % accounts.size()));
        }
    }

    /** The service lists the tombstone of the first deletion too: if the record goes again, a delete comes twice. */
    private void goAndReturn(String id, int n) {
        sink.allow(1);
        accounts.delete(id);
        accounts.restore(id);
        if (n % 2 == 0) {
            accounts.delete(id);
        }
    }

    private void die(int steps) throws Exception {
        if (reader.pollDyingAfter(steps)) {
            sink.allow(1);
        }
        restart();
    }

    private void restart() throws Exception {
        reader.close();
        reader = new ModelReader(context, organization(), store, sink);
    }

    private void pollBroken(Fault fault) {
        simulator.faults().whereRequest(RequestKind::forRows).next(fault);
        reader.poll();
        simulator.faults().clear();
    }

    /** Without more than a page there would be no next link to refuse. */
    private void pollRefused() {
        for (int i = 0; i <= ModelReader.PAGE; i++) {
            accounts.create(Map.of("name", "d" + i));
        }
        int before = sink.size();
        simulator.faults().next(new RefusedNextLink());
        reader.poll();
        sink.allow(reader.rowsOfTheRound() + sink.size() - before);
        simulator.faults().clear();
    }

    /** Two readers at one page: the other one's poll falls between two exchanges. */
    private void meet(int nth) {
        sink.allow(2 * ModelReader.PAGE);
        reader.pollMeetingAt(nth, rival::poll);
    }

    private void assertTokenNeverGoesBack() {
        long now = Math.max(reader.revision(), rival.revision());
        assertThat(Math.max(now, revision)).isGreaterThanOrEqualTo(revision);
        revision = Math.max(now, revision);
    }

    /** Lets the reader go on until nothing more comes: the sink is the table then. */
    void settle() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .failFast(() -> sink.assertBounded())
                .until(() -> reader.poll() == 0 && reader.isUp());
        sink.assertBounded();
        sink.assertIs(accounts);
    }

    @Override
    public void close() {
        reader.close();
        rival.close();
        context.stop();
        elsewhere.stop();
    }
}
