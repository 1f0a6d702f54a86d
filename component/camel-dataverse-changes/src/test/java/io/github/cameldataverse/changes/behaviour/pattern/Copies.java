package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COLLECTED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COMES_AGAIN;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.DROPPED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.LEFT_OUT;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.NOT_WAITED_FOR;
import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.shape;
import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;

import java.util.List;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;

/** A change for several targets or in several parts: what is copied, split, collected. */
final class Copies {

    static final List<RouteShape> SHAPES = List.of(
            shape("`multicast`, the first target fails", COMES_AGAIN, (route, sink) -> route.multicast()
                    .to("direct:sink", "direct:good")
                    .end()),
            shape("`multicast`, the last target fails", COMES_AGAIN, (route, sink) -> route.multicast()
                    .to("direct:good", "direct:sink")
                    .end()),
            shape("`multicast` with `parallelProcessing`", COMES_AGAIN, (route, sink) -> route.multicast()
                    .parallelProcessing()
                    .to("direct:sink", "direct:good")
                    .end()),
            shape("`multicast` with `stopOnException`", COMES_AGAIN, (route, sink) -> route.multicast()
                    .stopOnException()
                    .to("direct:sink", "direct:good")
                    .end()),
            shape("`multicast` with `timeout`", NOT_WAITED_FOR, (route, sink) -> route.multicast()
                    .parallelProcessing()
                    .timeout(100)
                    .to("direct:hanging", "direct:good")
                    .end()),
            shape(
                    "`multicast` with an aggregation strategy that drops failures",
                    DROPPED,
                    (route, sink) -> route.multicast(Sink::good)
                            .to("direct:good", "direct:sink")
                            .end()),
            shape("`multicast` with `GroupedExchangeAggregationStrategy`", DROPPED, (route, sink) -> route.multicast(
                            new GroupedExchangeAggregationStrategy())
                    .to("direct:good", "direct:sink")
                    .end()),
            shape("`multicast` with `GroupedBodyAggregationStrategy`", DROPPED, (route, sink) -> route.multicast(
                            new GroupedBodyAggregationStrategy())
                    .to("direct:good", "direct:sink")
                    .end()),
            shape("`split`", COMES_AGAIN, (route, sink) -> route.split(Sink.parts())
                    .process(sink::fails)
                    .end()),
            shape("`split` with `streaming`", COMES_AGAIN, (route, sink) -> route.split(Sink.parts())
                    .streaming()
                    .process(sink::fails)
                    .end()),
            shape("`split` with `parallelProcessing`", COMES_AGAIN, (route, sink) -> route.split(Sink.parts())
                    .parallelProcessing()
                    .process(sink::fails)
                    .end()),
            shape("`split` with `stopOnException`", COMES_AGAIN, (route, sink) -> route.split(Sink.parts())
                    .stopOnException()
                    .process(sink::fails)
                    .end()),
            shape("`split` with `timeout`", NOT_WAITED_FOR, (route, sink) -> route.split(Sink.parts())
                    .parallelProcessing()
                    .timeout(100)
                    .process(sink::hangs)
                    .end()),
            shape("`split` with an aggregation strategy that drops failures", DROPPED, (route, sink) -> route.split(
                            Sink.parts(), Sink::original)
                    .process(sink::fails)
                    .end()),
            shape("`split` with `UseOriginalAggregationStrategy`", COMES_AGAIN, (route, sink) -> route.split(
                            Sink.parts(), new UseOriginalAggregationStrategy())
                    .process(sink::fails)
                    .end()),
            shape("`recipientList`", COMES_AGAIN, (route, sink) -> route.recipientList(
                            constant("direct:sink,direct:good"))
                    .end()),
            shape(
                    "`recipientList` with `ignoreInvalidEndpoints`, of the invalid ones",
                    LEFT_OUT,
                    (route, sink) -> route.recipientList(constant("nosuchcomponent:sink"))
                            .ignoreInvalidEndpoints()
                            .end()),
            shape("`recipientList` with `timeout`", NOT_WAITED_FOR, (route, sink) -> route.recipientList(
                            constant("direct:hanging,direct:good"))
                    .parallelProcessing()
                    .timeout(100)
                    .end()),
            shape("`aggregate`", COLLECTED, (route, sink) -> route.aggregate(constant(1), Sink::good)
                    .completionSize(1)
                    .process(sink::fails)
                    .end()),
            shape("`resequence`", COLLECTED, (route, sink) -> route.resequence(body())
                    .batch()
                    .timeout(10)
                    .process(sink::fails)
                    .end()));

    private Copies() {}
}
