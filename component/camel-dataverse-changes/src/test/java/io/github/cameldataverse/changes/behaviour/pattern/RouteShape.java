package io.github.cameldataverse.changes.behaviour.pattern;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/**
 * One of Camel's enterprise integration patterns around a step that fails or hangs for one change, and what then becomes of
 * that change. What is observed is the table; docs/promises.md says no more and no less.
 *
 * @param words as the page says it
 * @param outcome what becomes of the change
 * @param steps of the route that reads the changes
 * @param beside what stands beside that route
 */
public record RouteShape(String words, Outcome outcome, Steps steps, Beside beside) {

    /** Further steps of the route. */
    interface Steps extends BiFunction<ProcessorDefinition<?>, Sink, ProcessorDefinition<?>> {}

    /** Error handling, interceptors, other routes. */
    interface Beside extends BiConsumer<RouteBuilder, Sink> {}

    /** Each pattern, in the order of the page. */
    public static List<RouteShape> all() {
        return Stream.of(Channels.SHAPES, Copies.SHAPES, Ways.SHAPES, Transformations.SHAPES, Failures.SHAPES)
                .flatMap(List::stream)
                .toList();
    }

    static RouteShape shape(String words, Outcome outcome, Steps steps) {
        return new RouteShape(words, outcome, steps, (builder, sink) -> {});
    }

    static RouteShape shape(String words, Outcome outcome, Steps steps, Beside beside) {
        return new RouteShape(words, outcome, steps, beside);
    }

    ProcessorDefinition<?> steps(ProcessorDefinition<?> route, Sink sink) {
        return steps.apply(route, sink);
    }

    /** With the targets that steps send to. */
    void beside(RouteBuilder builder, Sink sink) {
        beside.accept(builder, sink);
        builder.from("direct:sink").process(sink::fails);
        builder.from("direct:sink2").process(sink::fails);
        builder.from("seda:sink?pollTimeout=20").process(sink::fails);
        builder.from("stub:sink?pollTimeout=20").process(sink::fails);
        builder.from("direct:hanging").process(sink::hangs);
        builder.from("direct:good").process((Exchange exchange) -> {});
        builder.from("direct:dead").errorHandler(builder.noErrorHandler()).process(sink::fails);
    }

    @Override
    public String toString() {
        return words;
    }
}
