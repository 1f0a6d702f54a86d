package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.Outcome.COMES_AGAIN;
import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;

import java.util.function.BiFunction;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Camel's enterprise integration patterns, each around a step that fails or hangs for one change, and what then becomes of
 * that change. What is observed is the table; docs/promises.md says no more and no less.
 */
public enum RouteShape {
    TO("`to`", COMES_AGAIN, (route, sink) -> route.to("direct:sink")),
    TO_DYNAMIC("`toD`", COMES_AGAIN, (route, sink) -> route.toD("direct:${header.none}sink")),
    ROUTE_TEMPLATE("`routeTemplate`", COMES_AGAIN, (route, sink) -> route.to("direct:templated"), (builder, sink) -> {
        builder.routeTemplate("shape").from("direct:templated").process(sink::fails);
    }),
    STEP("`step`", COMES_AGAIN, (route, sink) -> route.step().process(sink::fails).end()),
    SEDA("`seda`", Outcome.QUEUED, (route, sink) -> route.to("seda:sink")),
    SEDA_WAITED_FOR(
            "`seda` that is waited for",
            COMES_AGAIN,
            (route, sink) -> route.to("seda:sink?waitForTaskToComplete=Always")),
    STUB("`stub`", Outcome.QUEUED, (route, sink) -> route.to("stub:sink")),
    WIRE_TAP("`wireTap`", Outcome.COPIED, (route, sink) -> route.wireTap("direct:sink")),
    MULTICAST("`multicast`, the first target fails", COMES_AGAIN, (route, sink) -> route.multicast().to("direct:sink", "direct:good").end()),
    MULTICAST_LAST(
            "`multicast`, the last target fails",
            COMES_AGAIN,
            (route, sink) -> route.multicast().to("direct:good", "direct:sink").end()),
    MULTICAST_PARALLEL(
            "`multicast` with `parallelProcessing`",
            COMES_AGAIN,
            (route, sink) -> route.multicast().parallelProcessing().to("direct:sink", "direct:good").end()),
    MULTICAST_STOPPING(
            "`multicast` with `stopOnException`",
            COMES_AGAIN,
            (route, sink) -> route.multicast().stopOnException().to("direct:sink", "direct:good").end()),
    MULTICAST_TIMEOUT(
            "`multicast` with `timeout`",
            Outcome.NOT_WAITED_FOR,
            (route, sink) ->
                    route.multicast().parallelProcessing().timeout(100).to("direct:hanging", "direct:good").end()),
    MULTICAST_SWALLOWING(
            "`multicast` with an aggregation strategy that drops failures",
            Outcome.DROPPED,
            (route, sink) -> route.multicast(Sink::good).to("direct:good", "direct:sink").end()),
    MULTICAST_GROUPED(
            "`multicast` with `GroupedExchangeAggregationStrategy`",
            Outcome.DROPPED,
            (route, sink) -> route.multicast(new GroupedExchangeAggregationStrategy())
                    .to("direct:good", "direct:sink")
                    .end()),
    MULTICAST_GROUPED_BODY(
            "`multicast` with `GroupedBodyAggregationStrategy`",
            Outcome.DROPPED,
            (route, sink) -> route.multicast(new GroupedBodyAggregationStrategy())
                    .to("direct:good", "direct:sink")
                    .end()),
    SPLIT("`split`", COMES_AGAIN, (route, sink) -> route.split(parts()).process(sink::fails).end()),
    SPLIT_STREAMING(
            "`split` with `streaming`",
            COMES_AGAIN,
            (route, sink) -> route.split(parts()).streaming().process(sink::fails).end()),
    SPLIT_PARALLEL(
            "`split` with `parallelProcessing`",
            COMES_AGAIN,
            (route, sink) -> route.split(parts()).parallelProcessing().process(sink::fails).end()),
    SPLIT_STOPPING(
            "`split` with `stopOnException`",
            COMES_AGAIN,
            (route, sink) -> route.split(parts()).stopOnException().process(sink::fails).end()),
    SPLIT_TIMEOUT(
            "`split` with `timeout`",
            Outcome.NOT_WAITED_FOR,
            (route, sink) ->
                    route.split(parts()).parallelProcessing().timeout(100).process(sink::hangs).end()),
    SPLIT_SWALLOWING(
            "`split` with an aggregation strategy that drops failures",
            Outcome.DROPPED,
            (route, sink) -> route.split(parts(), Sink::original).process(sink::fails).end()),
    SPLIT_ORIGINAL(
            "`split` with `UseOriginalAggregationStrategy`",
            COMES_AGAIN,
            (route, sink) -> route.split(parts(), new UseOriginalAggregationStrategy())
                    .process(sink::fails)
                    .end()),
    RECIPIENT_LIST(
            "`recipientList`", COMES_AGAIN, (route, sink) -> route.recipientList(constant("direct:sink,direct:good"))
                    .end()),
    RECIPIENT_LIST_INVALID(
            "`recipientList` with `ignoreInvalidEndpoints`, of the invalid ones",
            Outcome.LEFT_OUT,
            (route, sink) -> route.recipientList(constant("nosuchcomponent:sink"))
                    .ignoreInvalidEndpoints()
                    .end()),
    RECIPIENT_LIST_TIMEOUT(
            "`recipientList` with `timeout`",
            Outcome.NOT_WAITED_FOR,
            (route, sink) -> route.recipientList(constant("direct:hanging,direct:good"))
                    .parallelProcessing()
                    .timeout(100)
                    .end()),
    ROUTING_SLIP(
            "`routingSlip`",
            COMES_AGAIN,
            (route, sink) -> route.routingSlip(constant("direct:good,direct:sink")).end()),
    ROUTING_SLIP_INVALID(
            "`routingSlip` with `ignoreInvalidEndpoints`, of the invalid ones",
            Outcome.LEFT_OUT,
            (route, sink) -> route.routingSlip(constant("nosuchcomponent:sink"))
                    .ignoreInvalidEndpoints()
                    .end()),
    DYNAMIC_ROUTER("`dynamicRouter`", COMES_AGAIN, (route, sink) -> route.dynamicRouter(Sink.once("direct:sink"))
            .end()),
    AGGREGATE("`aggregate`", Outcome.COLLECTED, (route, sink) -> route.aggregate(constant(1), Sink::good)
            .completionSize(1)
            .process(sink::fails)
            .end()),
    RESEQUENCE("`resequence`", Outcome.COLLECTED, (route, sink) -> route.resequence(body()).batch().timeout(10)
            .process(sink::fails)
            .end()),
    DELAY("`delay`", COMES_AGAIN, (route, sink) -> route.delay(1).process(sink::fails).end()),
    DELAY_ASYNCHRONOUS(
            "`delay` with `asyncDelayed`",
            COMES_AGAIN,
            (route, sink) -> route.delay(1).asyncDelayed().process(sink::fails).end()),
    THROTTLE("`throttle`", COMES_AGAIN, (route, sink) -> route.throttle(100).process(sink::fails)),
    THREADS("`threads`", COMES_AGAIN, (route, sink) -> route.threads(2).process(sink::fails)),
    LOOP("`loop`", COMES_AGAIN, (route, sink) -> route.loop(2).process(sink::fails).end()),
    LOOP_DO_WHILE(
            "`loopDoWhile`",
            COMES_AGAIN,
            (route, sink) -> route.loopDoWhile(Sink::isFirstRun).process(sink::fails).end()),
    ENRICH("`enrich`", COMES_AGAIN, (route, sink) -> route.enrich("direct:sink")),
    ENRICH_SWALLOWING(
            "`enrich` with `aggregateOnException` and a strategy that drops failures",
            Outcome.DROPPED,
            (route, sink) -> route.enrich("direct:sink", Sink::kept, true)),
    POLL_ENRICH(
            "`pollEnrich` with a time-out, and nothing is there",
            Outcome.LEFT_OUT,
            (route, sink) -> route.pollEnrich("seda:empty", 10)),
    FILTER("`filter`", COMES_AGAIN, (route, sink) -> route.filter(exchange -> true).process(sink::fails).end()),
    FILTER_OUT(
            "`filter`, of what does not match",
            Outcome.LEFT_OUT,
            (route, sink) -> route.filter(exchange -> false).process(sink::fails).end()),
    CHOICE(
            "`choice`",
            COMES_AGAIN,
            (route, sink) -> route.choice().when(exchange -> false).to("direct:good").otherwise().process(sink::fails)
                    .end()),
    SAGA("`saga`", COMES_AGAIN, (route, sink) -> route.saga().process(sink::fails).end(), (builder, sink) -> {
        try {
            builder.getContext().addService(new InMemorySagaService());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }),
    DO_CATCH(
            "`doTry` with a `doCatch` that takes the failure",
            Outcome.HANDLED,
            (route, sink) -> route.doTry().process(sink::fails).doCatch(Exception.class).to("direct:good").end()),
    DO_CATCH_OTHER(
            "`doTry` with a `doCatch` for something else",
            COMES_AGAIN,
            (route, sink) ->
                    route.doTry().process(sink::fails).doCatch(ArithmeticException.class).to("direct:good").end()),
    DO_FINALLY(
            "`doTry` with `doFinally`",
            COMES_AGAIN,
            (route, sink) -> route.doTry().process(sink::fails).doFinally().to("direct:good").end()),
    ON_EXCEPTION("`onException`", COMES_AGAIN, Sink::failing, (builder, sink) -> builder.onException(Exception.class)
            .maximumRedeliveries(1)
            .redeliveryDelay(1)),
    HANDLED(
            "`onException` with `handled(true)`",
            Outcome.HANDLED,
            Sink::failing,
            (builder, sink) -> builder.onException(Exception.class).handled(true).to("direct:good")),
    HANDLED_AND_FAILED(
            "`onException` with `handled(true)`, and its own steps fail",
            COMES_AGAIN,
            Sink::failing,
            (builder, sink) -> builder.onException(Exception.class).handled(true).process(sink::fails)),
    CONTINUED(
            "`onException` with `continued(true)`",
            Outcome.HANDLED,
            Sink::failing,
            (builder, sink) -> builder.onException(Exception.class).continued(true)),
    DEAD_LETTER(
            "a dead letter channel that takes the change",
            Outcome.TAKEN,
            Sink::failing,
            (builder, sink) -> builder.errorHandler(builder.deadLetterChannel("mock:dead"))),
    DEAD_LETTER_DOWN(
            "a dead letter channel with default settings whose target is down",
            Outcome.HANDLED_TWICE,
            Sink::failing,
            (builder, sink) -> builder.errorHandler(builder.deadLetterChannel("direct:dead"))),
    DEAD_LETTER_DOWN_AND_TOLD(
            "a dead letter channel whose target is down, with `deadLetterHandleNewException(false)`",
            COMES_AGAIN,
            Sink::failing,
            (builder, sink) -> builder.errorHandler(
                    builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false))),
    NO_ERROR_HANDLER(
            "`noErrorHandler`",
            COMES_AGAIN,
            Sink::failing,
            (builder, sink) -> builder.errorHandler(builder.noErrorHandler())),
    STOP("`stop`, of what stands behind it", Outcome.LEFT_OUT, (route, sink) -> Sink.failing(route.stop(), sink)),
    ROUTE_STOP(
            "`exchange.setRouteStop(true)`, of what stands behind it",
            Outcome.LEFT_OUT,
            (route, sink) -> route.process(exchange -> exchange.setRouteStop(true)).process(sink::fails)),
    ROLLBACK("`rollback`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne).rollback().end()),
    MARK_ROLLBACK_ONLY(
            "`markRollbackOnly`",
            COMES_AGAIN,
            (route, sink) -> route.filter(sink::isTheOne).markRollbackOnly().end()),
    MARK_ROLLBACK_ONLY_LAST(
            "`markRollbackOnlyLast`",
            COMES_AGAIN,
            (route, sink) -> route.filter(sink::isTheOne).markRollbackOnlyLast().end()),
    SET_EXCEPTION(
            "`exchange.setException`",
            COMES_AGAIN,
            (route, sink) -> route.process(exchange -> {
                if (sink.isTheOne(exchange)) {
                    exchange.setException(new IllegalStateException("down"));
                }
            })),
    IDEMPOTENT(
            "`idempotentConsumer`",
            COMES_AGAIN,
            (route, sink) -> route.idempotentConsumer(Sink.key(), memory()).process(sink::fails).end()),
    IDEMPOTENT_LATE(
            "`idempotentConsumer` with `eager(false)`",
            COMES_AGAIN,
            (route, sink) ->
                    route.idempotentConsumer(Sink.key(), memory()).eager(false).process(sink::fails).end()),
    IDEMPOTENT_KEEPING(
            "`idempotentConsumer` with `removeOnFailure(false)`",
            Outcome.DUPLICATE,
            (route, sink) -> route.idempotentConsumer(Sink.key(), memory())
                    .removeOnFailure(false)
                    .process(sink::fails)
                    .end()),
    CLAIM_CHECK(
            "`claimCheck`",
            COMES_AGAIN,
            (route, sink) -> route.claimCheck(ClaimCheckOperation.Push).process(sink::fails)),
    ON_COMPLETION(
            "`onCompletion`",
            Outcome.TOO_LATE,
            (route, sink) -> route.to("direct:good"),
            (builder, sink) -> builder.onCompletion().process(sink::fails)),
    ON_COMPLETION_BEFORE(
            "`onCompletion` with `modeBeforeConsumer`",
            COMES_AGAIN,
            (route, sink) -> route.to("direct:good"),
            (builder, sink) -> builder.onCompletion().modeBeforeConsumer().process(sink::fails)),
    INTERCEPT(
            "`intercept`",
            COMES_AGAIN,
            (route, sink) -> route.to("direct:good"),
            (builder, sink) -> builder.intercept().process(sink::fails)),
    INTERCEPT_SEND(
            "`interceptSendToEndpoint` with `skipSendToOriginalEndpoint`, of the target that is skipped",
            Outcome.LEFT_OUT,
            (route, sink) -> route.to("direct:sink"),
            (builder, sink) -> builder.interceptSendToEndpoint("direct:sink")
                    .skipSendToOriginalEndpoint()
                    .to("direct:good")),
    VALIDATE("`validate`", COMES_AGAIN, (route, sink) -> route.validate(exchange -> !sink.isTheOne(exchange))),
    SORT("`sort`", COMES_AGAIN, (route, sink) -> route.sort(parts()).process(sink::fails)),
    SAMPLE("`sample`, of what it leaves out", Outcome.LEFT_OUT, (route, sink) -> route.sample("1h").process(sink::fails)),
    CONVERT(
            "`transform`",
            COMES_AGAIN,
            (route, sink) -> route.transform(sink.failingExpression())),
    LOAD_BALANCE(
            "`loadBalance`",
            COMES_AGAIN,
            (route, sink) -> route.loadBalance().roundRobin().to("direct:sink").end()),
    FAILOVER(
            "`loadBalance` with `failover`, all targets fail",
            COMES_AGAIN,
            (route, sink) -> route.loadBalance().failover().to("direct:sink", "direct:sink2").end()),
    TOPIC(
            "`loadBalance` with `topic`",
            COMES_AGAIN,
            (route, sink) -> route.loadBalance().topic().to("direct:good", "direct:sink").end()),
    TRANSACTED("`transacted`", COMES_AGAIN, (route, sink) -> route.policy("transacted").process(sink::fails).end());

    /** What becomes of the change, and why. */
    public enum Outcome {
        COMES_AGAIN("the failure reaches the consumer"),
        QUEUED("the change is accepted when it is in a queue in memory"),
        COLLECTED("the change is accepted when it is in the aggregation repository"),
        COPIED("a failure of the copy is not told"),
        NOT_WAITED_FOR("what takes longer is not waited for, and what becomes of it is not told"),
        DROPPED("the aggregated exchange is without the failure"),
        HANDLED("the failure is handled, whatever became of the change"),
        HANDLED_TWICE(
                "Camel handles the second failure as well by default; set `deadLetterHandleNewException(false)`"),
        TAKEN("accepted on purpose: the change is with the dead letters"),
        DUPLICATE("the change comes again, and is taken for a duplicate"),
        LEFT_OUT("what is left out does not happen, and nothing has failed"),
        TOO_LATE("the change is accepted before");

        private final String why;

        Outcome(String why) {
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    /** Steps of the route that reads the changes. */
    interface Steps extends BiFunction<ProcessorDefinition<?>, Sink, ProcessorDefinition<?>> {}

    /** What stands beside that route. */
    interface Beside extends BiConsumer<RouteBuilder, Sink> {}

    private final String words;
    private final Outcome outcome;
    private final Steps steps;
    private final Beside beside;

    RouteShape(String words, Outcome outcome, Steps steps) {
        this(words, outcome, steps, (builder, sink) -> {});
    }

    RouteShape(String words, Outcome outcome, Steps steps, Beside beside) {
        this.words = words;
        this.outcome = outcome;
        this.steps = steps;
        this.beside = beside;
    }

    /** As the page says it. */
    public String words() {
        return words;
    }

    public Outcome outcome() {
        return outcome;
    }

    ProcessorDefinition<?> steps(ProcessorDefinition<?> route, Sink sink) {
        return steps.apply(route, sink);
    }

    void beside(RouteBuilder builder, Sink sink) {
        beside.accept(builder, sink);
        builder.from("direct:sink").process(sink::fails);
        builder.from("direct:sink2").process(sink::fails);
        builder.from("seda:sink").process(sink::fails);
        builder.from("direct:hanging").process(sink::hangs);
        builder.from("direct:good").process((Exchange exchange) -> {});
        builder.from("direct:dead").errorHandler(builder.noErrorHandler()).process(sink::fails);
    }

    private static ValueBuilder parts() {
        return new ValueBuilder((Expression) constant("a,b").tokenize(","));
    }

    private static IdempotentRepository memory() {
        return MemoryIdempotentRepository.memoryIdempotentRepository();
    }
}
