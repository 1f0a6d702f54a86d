package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.faults.HtmlBody;
import io.github.cameldataverse.changes.testkit.faults.MissingDeltaLink;
import io.github.cameldataverse.changes.testkit.faults.RefusedNextLink;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.faults.WithStatus;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.awaitility.core.ConditionFactory;

/** A table, a token, a sink, and one or two readers between them; takes steps, and looks after each whether all is well. */
final class ModelState implements AutoCloseable {

    private static final Duration TOO_LONG = Duration.ofDays(8);
    private static final int STEPS_OF_A_POLL = 24;
    private static final Pattern WAITS =
            Pattern.compile("allowDeletes and the header CamelDataverseChangesRound=(\\d+)");
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final List<Fault> FAULTS = List.of(
            new ServiceUnavailable(503),
            new CutBody(100),
            new MissingDeltaLink(),
            new ErrorInside200(),
            new HtmlBody());
    private static final List<Integer> STATUSES_OF_STRANGERS = List.of(302, 404, 410, 413, 421, 451, 501, 511);

    private final DataverseSimulator simulator;
    private final SimulatedTable accounts;
    private final ModelStore store;
    private final String address;
    private final String options;
    private final ModelSink sink;
    private final CamelContext context;
    private final CamelContext elsewhere;
    private final List<String> deleted = new ArrayList<>();
    private ModelReader reader;
    private ModelReader rival;
    private long revision;

    ModelState(WalkingGround ground, ModelWorld world, ModelStore store) throws Exception {
        this.simulator = ground.simulator();
        this.context = ground.here();
        this.elsewhere = ground.elsewhere();
        simulator.reset();
        // The service is to refuse an expired token; a reader that is told the time would not ask with it.
        simulator.switches().dateHeader(false);
        simulator.switches().tombstoneAfterReturn(true).emptyDelta(EmptyDelta.EMPTY_OBJECT);
        this.accounts = simulator.table("account");
        this.store = store;
        this.sink = new ModelSink(accounts);
        this.address = "organizationUrl=" + simulator.organizationUrl() + "&api=" + world.api();
        this.options = address + world.options();
        for (int i = 0; i < world.records(); i++) {
            accounts.create(Map.of("name", "there before " + i));
        }
        reader = new ModelReader(context, options, store, sink);
        rival = new ModelReader(elsewhere, options, store, sink);
    }

    void take(ModelStep step) throws Exception {
        int n = step.argument();
        switch (step.kind()) {
            case CREATE, UPDATE, DELETE, COME_AND_GO, GO_AND_RETURN, RETURN -> write(step.kind(), n);
            case POLL -> reader.poll();
            case POLL_UNDER_WRITES -> pollUnderWrites(n);
            case FAIL -> reader.pollFailingAt(exchange(n));
            case REDELIVER -> reader.pollRedeliveringAt(exchange(n));
            case DIE -> die(n % STEPS_OF_A_POLL);
            case RESTART -> restart();
            case BREAK_THE_SERVICE -> pollBroken(RequestKind::forRows, FAULTS.get(n % FAULTS.size()));
            case ASK_A_STRANGER -> askAStranger(n);
            case LOOK_UP_A_STRANGER -> pollBroken(ModelState::isALookUp, new HtmlBody());
            case REFUSE_THE_NEXT_LINK -> pollRefused();
            case EXPIRE -> simulator.clock().advance(TOO_LONG);
            case RESYNC -> resync(n);
            case BREAK_THE_STORE -> breakTheStore(n);
            case LOSE_AN_ANSWER_OF_THE_STORE -> loseAnAnswerOfTheStore(exchange(n));
            case LOSE_THE_ANSWER_TO_A_COMMIT -> loseTheAnswerToACommit(exchange(n));
            case LOSE_THE_TOKEN -> loseTheToken();
            case LET_THE_RIVAL_POLL -> letTheRivalPoll();
            case MEET_A_RIVAL -> meet(exchange(n), rival::poll);
            case MEET_A_RIVAL_THAT_FAILS -> meet(exchange(n), () -> rival.pollFailingAt(n % ModelReader.PAGE));
            case OVERLAP_WITH_A_RIVAL -> overlap(n);
        }
        sink.assertBounded();
        assertTokenNeverGoesBack();
    }

    private static int exchange(int n) {
        return n % (2 * ModelReader.PAGE);
    }

    private void write(ModelStep.Kind kind, int n) {
        switch (kind) {
            case CREATE -> accounts.create(Map.of("name", "a" + n));
            case UPDATE -> withRecord(n, id -> accounts.update(id, Map.of("name", "b" + n)));
            case DELETE -> withRecord(n, this::delete);
            case COME_AND_GO -> delete(accounts.create(Map.of("name", "c" + n)));
            case GO_AND_RETURN -> withRecord(n, id -> goAndReturn(id, n));
            default -> restore(n);
        }
    }

    private void withRecord(int n, Consumer<String> action) {
        if (accounts.size() > 0) {
            action.accept(accounts.ids().get(n % accounts.size()));
        }
    }

    private void goAndReturn(String id, int n) {
        delete(id);
        deleted.remove(id);
        accounts.restore(id);
        if (n % 2 == 0) {
            delete(id);
        }
    }

    private void restore(int n) {
        if (!deleted.isEmpty()) {
            String id = deleted.remove(n % deleted.size());
            accounts.restore(id);
        }
    }

    private void delete(String id) {
        accounts.delete(id);
        deleted.add(id);
        sink.deleted(id);
    }

    private void pollUnderWrites(int n) {
        SplittableRandom random = new SplittableRandom(n);
        simulator.faults().whereRequest(RequestKind::forRows).always(new Callback(() -> writeAtRandom(random)));
        reader.poll();
        simulator.faults().clear();
    }

    private void writeAtRandom(SplittableRandom random) {
        ModelStep.Kind[] writes = {
            ModelStep.Kind.CREATE, ModelStep.Kind.UPDATE, ModelStep.Kind.DELETE, ModelStep.Kind.GO_AND_RETURN
        };
        write(writes[random.nextInt(writes.length)], random.nextInt(1_000));
    }

    private void die(int steps) throws Exception {
        if (reader.pollDyingAfter(steps) && !store.isTransactional()) {
            sink.allow(1);
        }
        restart();
    }

    private void restart() throws Exception {
        reader.close();
        reader = new ModelReader(context, options, store, sink);
    }

    private void pollBroken(Predicate<ServiceRequest> which, Fault fault) {
        simulator.faults().whereRequest(which).next(fault);
        reader.poll();
        simulator.faults().clear();
    }

    /** A page of a gateway, at the first page that is asked for or at a later one: nobody begins a reload for it. */
    private void askAStranger(int n) {
        if (reader.poll() < 0 || !reader.isUp()) {
            return;
        }
        int reloads = sink.reloads();
        simulator
                .faults()
                .whereRequest(ModelState::isForAPage)
                .onNth(1 + n % 3, new WithStatus(stranger(n), new HtmlBody()));
        write(ModelStep.Kind.UPDATE, n);
        reader.poll();
        simulator.faults().clear();
        atOnceAndThen().until(() -> reader.poll() >= 0);
        assertThat(sink.reloads()).as("reloads begun, behind a stranger").isEqualTo(reloads);
    }

    private static int stranger(int n) {
        return STATUSES_OF_STRANGERS.get(n % STATUSES_OF_STRANGERS.size());
    }

    private static boolean isALookUp(ServiceRequest request) {
        return (request.path() + request.body()).contains("/accounts(");
    }

    private static boolean isForAPage(ServiceRequest request) {
        return RequestKind.forRows(request) && !isALookUp(request);
    }

    /** Without more than a page there would be no next link to refuse. */
    private void pollRefused() {
        for (int i = 0; i <= ModelReader.PAGE; i++) {
            accounts.create(Map.of("name", "d" + i));
        }
        simulator.faults().next(new RefusedNextLink());
        reader.poll();
        sink.allowTheRoundOnceMore();
        simulator.faults().clear();
    }

    private void resync(int n) throws Exception {
        operate("resync", Map.of());
        pollUnderWrites(n);
    }

    private void operate(String operation, Map<String, Object> headers) throws Exception {
        String bean = "tokens" + NAMES.incrementAndGet();
        context.getRegistry().bind(bean, store.repository());
        Endpoint endpoint = context.getComponent("dataverse-changes")
                .createEndpoint("dataverse-changes:account?" + address
                        + "&allowInsecure=true&accessToken=demo&select=name&idempotentRepository=#" + bean
                        + "&operation="
                        + operation);
        try (Producer operator = endpoint.createProducer()) {
            operator.start();
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            operator.process(exchange);
        }
        context.getRegistry().unbind(bean);
    }

    /** The table is empty indeed, and its operator knows. By now another load may be under way, which will wait too. */
    private void allowWhatWaits() throws Exception {
        Matcher waits = WAITS.matcher(reader.sentence());
        if (waits.find()) {
            try {
                operate("allowDeletes", Map.of(DataverseChangesConstants.ROUND, waits.group(1)));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("Nothing was allowed");
            }
        }
    }

    private boolean isQuiet() throws Exception {
        allowWhatWaits();
        return reader.poll() == 0 && reader.isUp() && reader.poll() == 0;
    }

    /** Nothing is delivered that cannot be noted, but for one change; it comes again only if the process ends meanwhile. */
    private void breakTheStore(int n) throws Exception {
        boolean ends = n % 3 == 0;
        store.set(n % 2 == 0 ? ModelStore.Order.READ_ONLY : ModelStore.Order.GONE);
        reader.poll();
        reader.poll();
        if (ends) {
            sink.allow(store.isTransactional() ? 0 : 1);
            reader.close();
        }
        store.set(ModelStore.Order.WELL);
        if (ends) {
            reader = new ModelReader(context, options, store, sink);
        }
        reader.poll();
    }

    /** The store breaks in the middle of a poll, so that the change before was accepted and could be noted. */
    private void loseAnAnswerOfTheStore(int nth) {
        reader.pollMeetingAt(nth, () -> store.set(ModelStore.Order.MUTE));
        store.set(ModelStore.Order.WELL);
    }

    private void loseTheAnswerToACommit(int nth) {
        if (store.isTransactional()) {
            reader.pollLosingAnAnswerAt(nth);
        } else {
            reader.pollMeetingAt(
                    nth, () -> store.set(nth % 2 == 0 ? ModelStore.Order.READ_ONLY : ModelStore.Order.GONE));
            reader.poll();
            store.set(ModelStore.Order.WELL);
        }
    }

    private void loseTheToken() throws Exception {
        settle();
        reader.close();
        rival.close();
        store.lose();
        sink.loseTheToken();
        revision = 0;
        reader = new ModelReader(context, options, store, sink);
        rival = new ModelReader(elsewhere, options, store, sink);
        settle();
    }

    private void letTheRivalPoll() {
        sink.allow(reader.isBehind() ? 1 : 0);
        rival.poll();
    }

    /** Two readers at one page: something of the other one's falls between two exchanges. */
    private void meet(int nth, Runnable something) {
        sink.allow(store.isTransactional() ? 0 : 2 * ModelReader.PAGE);
        reader.pollMeetingAt(nth, () -> inAnotherThread(something));
    }

    /** The other one's poll falls between the making of an answer and its arrival. */
    private void overlap(int n) {
        sink.allow(store.isTransactional() ? 0 : 2 * ModelReader.PAGE);
        sink.overlap();
        SplittableRandom random = new SplittableRandom(n);
        simulator.faults().whereRequest(ModelState::isForAPage).onNth(1 + n % 2, (request, proper) -> {
            ServiceResponse answer = proper.get();
            writeAtRandom(random);
            restore(n);
            rival.poll();
            writeAtRandom(random);
            rival.poll();
            return answer;
        });
        reader.poll();
        simulator.faults().clear();
    }

    /** Where no transaction of this one is. */
    private static void inAnotherThread(Runnable something) {
        Thread other = new Thread(something, "rival");
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertTokenNeverGoesBack() {
        long now = Math.max(reader.revision(), rival.revision());
        assertThat(Math.max(now, revision)).isGreaterThanOrEqualTo(revision);
        revision = Math.max(now, revision);
    }

    /** Mostly the first look is enough, and walks are many. */
    private static ConditionFactory atOnceAndThen() {
        return await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /**
     * Lets the reader go on until nothing more comes: the sink is the table then. One poll without a change does not tell:
     * a load or a round can end with an empty page, if its last records were written to meanwhile.
     */
    void settle() {
        atOnceAndThen()
                .atMost(Duration.ofSeconds(20))
                .failFast(sink::assertBounded)
                .until(this::isQuiet);
        sink.assertBounded();
        sink.assertIsTheSource();
    }

    @Override
    public void close() {
        reader.close();
        rival.close();
    }
}
