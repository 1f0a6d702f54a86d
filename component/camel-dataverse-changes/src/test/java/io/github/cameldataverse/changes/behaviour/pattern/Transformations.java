package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COMES_AGAIN;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.DROPPED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.LEFT_OUT;
import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.shape;

import java.util.List;
import org.apache.camel.model.ClaimCheckOperation;

/** What makes another message of a change. */
final class Transformations {

    static final List<RouteShape> SHAPES = List.of(
            shape("`enrich`", COMES_AGAIN, (route, sink) -> route.enrich("direct:sink")),
            shape(
                    "`enrich` with `aggregateOnException` and a strategy that drops failures",
                    DROPPED,
                    (route, sink) -> route.enrich("direct:sink", Sink::kept, true)),
            shape(
                    "`pollEnrich` with a time-out, and nothing is there",
                    LEFT_OUT,
                    (route, sink) -> route.pollEnrich("seda:empty", 10)),
            shape("`claimCheck`", COMES_AGAIN, (route, sink) -> route.claimCheck(ClaimCheckOperation.Push)
                    .process(sink::fails)),
            shape("`validate`", COMES_AGAIN, (route, sink) -> route.validate(exchange -> !sink.isTheOne(exchange))),
            shape("`sort`", COMES_AGAIN, (route, sink) -> route.sort(Sink.parts())
                    .process(sink::fails)),
            shape("`transform`", COMES_AGAIN, (route, sink) -> route.transform(sink.failingExpression())),
            shape(
                    "`poll` with a time-out, and nothing is there",
                    LEFT_OUT,
                    (route, sink) -> route.poll("seda:empty", 10)),
            shape("`setBody`", COMES_AGAIN, (route, sink) -> route.setBody(sink.failingExpression())),
            shape("`setHeader`", COMES_AGAIN, (route, sink) -> route.setHeader("x", sink.failingExpression())),
            shape("`setProperty`", COMES_AGAIN, (route, sink) -> route.setProperty("x", sink.failingExpression())),
            shape("`setVariable`", COMES_AGAIN, (route, sink) -> route.setVariable("x", sink.failingExpression())),
            shape("`script`", COMES_AGAIN, (route, sink) -> route.script(sink.failingExpression())),
            shape("`convertBodyTo`", COMES_AGAIN, (route, sink) -> route.filter(sink::isTheOne)
                    .convertBodyTo(Sink.class)
                    .end()),
            shape("`marshal`", COMES_AGAIN, (route, sink) -> route.marshal(sink.failingFormat())),
            shape("`unmarshal`", COMES_AGAIN, (route, sink) -> route.unmarshal(sink.failingFormat())));

    private Transformations() {}
}
