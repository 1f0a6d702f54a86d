package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COMES_AGAIN;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.HANDLED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.HANDLED_TWICE;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.TAKEN;
import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.shape;

import java.util.List;
import org.apache.camel.saga.InMemorySagaService;

/** What a route does with a failure of its own. */
final class Failures {

    static final List<RouteShape> SHAPES = List.of(
            shape("`doTry` with a `doCatch` that takes the failure", HANDLED, (route, sink) -> route.doTry()
                    .process(sink::fails)
                    .doCatch(Exception.class)
                    .to("direct:good")
                    .end()),
            shape("`doTry` with a `doCatch` for something else", COMES_AGAIN, (route, sink) -> route.doTry()
                    .process(sink::fails)
                    .doCatch(ArithmeticException.class)
                    .to("direct:good")
                    .end()),
            shape("`doTry` with `doFinally`", COMES_AGAIN, (route, sink) -> route.doTry()
                    .process(sink::fails)
                    .doFinally()
                    .to("direct:good")
                    .end()),
            shape("`onException`", COMES_AGAIN, Sink::failing, (builder, sink) -> builder.onException(Exception.class)
                    .maximumRedeliveries(1)
                    .redeliveryDelay(1)),
            shape("`onException` with `handled(true)`", HANDLED, Sink::failing, (builder, sink) -> builder.onException(
                            Exception.class)
                    .handled(true)
                    .to("direct:good")),
            shape(
                    "`onException` with `handled(true)`, and its own steps fail",
                    COMES_AGAIN,
                    Sink::failing,
                    (builder, sink) ->
                            builder.onException(Exception.class).handled(true).process(sink::fails)),
            shape(
                    "`onException` with `continued(true)`",
                    HANDLED,
                    Sink::failing,
                    (builder, sink) -> builder.onException(Exception.class).continued(true)),
            shape(
                    "a dead letter channel that takes the change",
                    TAKEN,
                    Sink::failing,
                    (builder, sink) -> builder.errorHandler(builder.deadLetterChannel("mock:dead"))),
            shape(
                    "a dead letter channel with default settings whose target is down",
                    HANDLED_TWICE,
                    Sink::failing,
                    (builder, sink) -> builder.errorHandler(builder.deadLetterChannel("direct:dead"))),
            shape(
                    "a dead letter channel whose target is down, with `deadLetterHandleNewException(false)`",
                    COMES_AGAIN,
                    Sink::failing,
                    (builder, sink) -> builder.errorHandler(
                            builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false))),
            shape(
                    "`noErrorHandler`",
                    COMES_AGAIN,
                    Sink::failing,
                    (builder, sink) -> builder.errorHandler(builder.noErrorHandler())),
            shape("`rollback`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne)
                    .rollback()
                    .end()),
            shape("`markRollbackOnly`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne)
                    .markRollbackOnly()
                    .end()),
            shape("`markRollbackOnlyLast`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne)
                    .markRollbackOnlyLast()
                    .end()),
            shape(
                    "`exchange.setException`",
                    COMES_AGAIN,
                    (route, sink) -> route.process(exchange -> {
                        if (sink.isTheOne(exchange)) {
                            exchange.setException(new IllegalStateException("down"));
                        }
                    })),
            shape(
                    "`saga`",
                    COMES_AGAIN,
                    (route, sink) -> route.saga().process(sink::fails).end(),
                    (builder, sink) -> {
                        try {
                            builder.getContext().addService(new InMemorySagaService());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }),
            shape("`policy`", COMES_AGAIN, (route, sink) -> route.policy("transacted")
                    .process(sink::fails)
                    .end()),
            shape("`transacted`", COMES_AGAIN, (route, sink) -> route.transacted("transacted")
                    .process(sink::fails)
                    .end()),
            shape("`throwException`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne)
                    .throwException(new IllegalStateException("down"))
                    .end()));

    private Failures() {}
}
