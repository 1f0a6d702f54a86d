package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COMES_AGAIN;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.DUPLICATE;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.LEFT_OUT;
import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.shape;
import static org.apache.camel.builder.Builder.constant;

import java.util.List;

/** One way of several, and how fast: routers, filters, loops, brakes. */
final class Ways {

    static final List<RouteShape> SHAPES = List.of(
            shape("`routingSlip`", COMES_AGAIN, (route, sink) -> route.routingSlip(constant("direct:good,direct:sink"))
                    .end()),
            shape(
                    "`routingSlip` with `ignoreInvalidEndpoints`, of the invalid ones",
                    LEFT_OUT,
                    (route, sink) -> route.routingSlip(constant("nosuchcomponent:sink"))
                            .ignoreInvalidEndpoints()
                            .end()),
            shape("`dynamicRouter`", COMES_AGAIN, (route, sink) -> route.dynamicRouter(Sink.once("direct:sink"))
                    .end()),
            shape("`loadBalance`", COMES_AGAIN, (route, sink) -> route.loadBalance()
                    .roundRobin()
                    .to("direct:sink")
                    .end()),
            shape("`loadBalance` with `failover`, all targets fail", COMES_AGAIN, (route, sink) -> route.loadBalance()
                    .failover()
                    .to("direct:sink", "direct:sink2")
                    .end()),
            shape("`loadBalance` with `topic`", COMES_AGAIN, (route, sink) -> route.loadBalance()
                    .topic()
                    .to("direct:good", "direct:sink")
                    .end()),
            shape("`filter`", COMES_AGAIN, (route, sink) -> route.filter(exchange -> true)
                    .process(sink::fails)
                    .end()),
            shape("`filter`, of what does not match", LEFT_OUT, (route, sink) -> route.filter(exchange -> false)
                    .process(sink::fails)
                    .end()),
            shape("`choice`", COMES_AGAIN, (route, sink) -> route.choice()
                    .when(exchange -> false)
                    .to("direct:good")
                    .otherwise()
                    .process(sink::fails)
                    .end()),
            shape("`stop`, of what stands behind it", LEFT_OUT, (route, sink) -> Sink.failing(route.stop(), sink)),
            shape("`exchange.setRouteStop(true)`, of what stands behind it", LEFT_OUT, (route, sink) -> route.process(
                            exchange -> exchange.setRouteStop(true))
                    .process(sink::fails)),
            shape("`sample`, of what it leaves out", LEFT_OUT, (route, sink) -> route.sample("1h")
                    .process(sink::fails)),
            shape("`loop`", COMES_AGAIN, (route, sink) -> route.loop(2)
                    .process(sink::fails)
                    .end()),
            shape("`loopDoWhile`", COMES_AGAIN, (route, sink) -> route.loopDoWhile(Sink::isFirstRun)
                    .process(sink::fails)
                    .end()),
            shape("`delay`", COMES_AGAIN, (route, sink) -> route.delay(1)
                    .process(sink::fails)
                    .end()),
            shape("`delay` with `asyncDelayed`", COMES_AGAIN, (route, sink) -> route.delay(1)
                    .asyncDelayed()
                    .process(sink::fails)
                    .end()),
            shape("`throttle`", COMES_AGAIN, (route, sink) -> route.throttle(100)
                    .process(sink::fails)),
            shape("`idempotentConsumer`", COMES_AGAIN, (route, sink) -> route.idempotentConsumer(
                            Sink.key(), Sink.memory())
                    .process(sink::fails)
                    .end()),
            shape("`idempotentConsumer` with `eager(false)`", COMES_AGAIN, (route, sink) -> route.idempotentConsumer(
                            Sink.key(), Sink.memory())
                    .eager(false)
                    .process(sink::fails)
                    .end()),
            shape(
                    "`idempotentConsumer` with `removeOnFailure(false)`",
                    DUPLICATE,
                    (route, sink) -> route.idempotentConsumer(Sink.key(), Sink.memory())
                            .removeOnFailure(false)
                            .process(sink::fails)
                            .end()));

    private Ways() {}
}
