package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COMES_AGAIN;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.COPIED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.LEFT_OUT;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.QUEUED;
import static io.github.cameldataverse.changes.behaviour.pattern.Outcome.TOO_LATE;
import static io.github.cameldataverse.changes.behaviour.pattern.RouteShape.shape;

import java.util.List;

/** Channels and what stands around a route: how a change gets to the step, and who listens to it. */
final class Channels {

    static final List<RouteShape> SHAPES = List.of(
            shape("`to`", COMES_AGAIN, (route, sink) -> route.to("direct:sink")),
            shape("`toD`", COMES_AGAIN, (route, sink) -> route.toD("direct:${header.none}sink")),
            shape("`routeTemplate`", COMES_AGAIN, (route, sink) -> route.to("direct:templated"), (builder, sink) -> {
                builder.routeTemplate("shape").from("direct:templated").process(sink::fails);
            }),
            shape("`step`", COMES_AGAIN, (route, sink) -> route.step()
                    .process(sink::fails)
                    .end()),
            shape("`seda`", QUEUED, (route, sink) -> route.to("seda:sink")),
            shape(
                    "`seda` that is waited for",
                    COMES_AGAIN,
                    (route, sink) -> route.to("seda:sink?waitForTaskToComplete=Always")),
            shape("`stub`", QUEUED, (route, sink) -> route.to("stub:sink")),
            shape("`wireTap`", COPIED, (route, sink) -> route.wireTap("direct:sink")),
            shape("`threads`", COMES_AGAIN, (route, sink) -> route.threads(2).process(sink::fails)),
            shape(
                    "`intercept`",
                    COMES_AGAIN,
                    (route, sink) -> route.to("direct:good"),
                    (builder, sink) -> builder.intercept().process(sink::fails)),
            shape(
                    "`interceptSendToEndpoint` with `skipSendToOriginalEndpoint`, of the target that is skipped",
                    LEFT_OUT,
                    (route, sink) -> route.to("direct:sink"),
                    (builder, sink) -> builder.interceptSendToEndpoint("direct:sink")
                            .skipSendToOriginalEndpoint()
                            .to("direct:good")),
            shape(
                    "`onCompletion` in its default mode, `modeAfterConsumer`",
                    TOO_LATE,
                    (route, sink) -> route.to("direct:good"),
                    (builder, sink) -> builder.onCompletion().process(sink::fails)),
            shape(
                    "`onCompletion` with `modeBeforeConsumer`",
                    COMES_AGAIN,
                    (route, sink) -> route.to("direct:good"),
                    (builder, sink) ->
                            builder.onCompletion().modeBeforeConsumer().process(sink::fails)),
            shape("`pipeline`", COMES_AGAIN, (route, sink) -> route.pipeline()
                    .to("direct:good")
                    .to("direct:sink")
                    .end()),
            shape("`bean`", COMES_AGAIN, (route, sink) -> route.bean(sink, "fails")),
            shape(
                    "`interceptFrom`",
                    COMES_AGAIN,
                    (route, sink) -> route.to("direct:good"),
                    (builder, sink) ->
                            builder.interceptFrom("dataverse-changes:*").process(sink::fails)));

    private Channels() {}
}
