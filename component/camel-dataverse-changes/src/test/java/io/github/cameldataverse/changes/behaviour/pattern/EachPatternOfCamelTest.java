package io.github.cameldataverse.changes.behaviour.pattern;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.junit.jupiter.api.Test;

/** Camel lists the elements of its routes. Each is in a shape that is run, or stands here with the reason why it is not. */
class EachPatternOfCamelTest {

    private static final String INDEX = "org/apache/camel/model/jaxb.index";

    /** What they need is not on the class path of the tests; the last one came with Camel 4.22. */
    private static final Set<String> LACKING =
            Set.of("CircuitBreaker", "Kamelet", "Resumable", "Pausable", "Tokenizer", "A2ASubTask");

    /** They do nothing that could fail: they name, remove or write something. */
    private static final Set<String> HARMLESS = Set.of(
            "ConvertHeader",
            "ConvertVariable",
            "Log",
            "RemoveHeader",
            "RemoveHeaders",
            "RemoveProperties",
            "RemoveProperty",
            "RemoveVariable",
            "SetExchangePattern",
            "SetHeaders",
            "SetVariables",
            "TransformDataType");

    /** No step, but what others extend. */
    private static final Set<String> FRAMES = Set.of("Output");

    @Test
    void eachElementOfARouteIsInAShapeOrIsNamed() throws Exception {
        Set<String> unseen = elements();
        Set<String> seen = inShapes();
        unseen.removeAll(seen);
        assertThat(seen).doesNotContainAnyElementsOf(named());
        assertThat(named()).containsAll(unseen);
    }

    private static Set<String> named() {
        Set<String> named = new TreeSet<>(LACKING);
        named.addAll(HARMLESS);
        named.addAll(FRAMES);
        return named;
    }

    private static Set<String> elements() throws IOException {
        try (InputStream index = Objects.requireNonNull(
                ProcessorDefinition.class.getClassLoader().getResourceAsStream(INDEX))) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(EachPatternOfCamelTest::model)
                    .filter(type -> ProcessorDefinition.class.isAssignableFrom(type)
                            && !Modifier.isAbstract(type.getModifiers()))
                    .map(EachPatternOfCamelTest::name)
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static Class<?> model(String name) {
        try {
            return Class.forName("org.apache.camel.model." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().replaceFirst("Definition$", "");
    }

    private static Set<String> inShapes() throws Exception {
        Set<String> names = new TreeSet<>();
        for (RouteShape shape : RouteShape.all()) {
            try (DefaultCamelContext context = new DefaultCamelContext();
                    Sink sink = new Sink("none")) {
                RouteBuilder builder = builder(shape, sink);
                context.addRoutes(builder);
                definitions(builder).map(part -> name(part.getClass())).forEach(names::add);
            }
        }
        return names;
    }

    private static RouteBuilder builder(RouteShape shape, Sink sink) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                shape.beside(this, sink);
                shape.steps(from("direct:reader"), sink);
            }
        };
    }

    /** With what stands beside the routes: most of it Camel puts in front of their steps. */
    private static Stream<ProcessorDefinition<?>> definitions(RouteBuilder builder) {
        RoutesDefinition all = builder.getRouteCollection();
        return Stream.concat(all.getInterceptFroms().stream(), all.getRoutes().stream())
                .flatMap(EachPatternOfCamelTest::within);
    }

    private static Stream<ProcessorDefinition<?>> within(ProcessorDefinition<?> part) {
        return Stream.concat(Stream.of(part), part.getOutputs().stream().flatMap(EachPatternOfCamelTest::within));
    }
}
