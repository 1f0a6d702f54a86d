package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.behaviour.pattern.Outcome;
import io.github.cameldataverse.changes.behaviour.pattern.RouteShape;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of promises names the shapes of routes that end one, and those that do not, as they were seen. */
class WhatEndsThePromiseTest {

    private static final String PAGE = "docs/promises.md";
    private static final Pattern SHAPES =
            Pattern.compile("(?<=<!-- generated: shapes -->\\n\\n).*?(?=\\n\\n<!-- end -->)", Pattern.DOTALL);

    @Test
    void thePageNamesEachShapeOnceAndWhatBecomesOfItsChange() {
        String page = Repository.read(PAGE);
        Matcher shapes = SHAPES.matcher(page);
        assertThat(shapes.find()).as("the place of the shapes in %s", PAGE).isTrue();
        String current = new StringBuilder(page)
                .replace(shapes.start(), shapes.end(), shapes())
                .toString();
        if (Boolean.getBoolean("docs.update")) {
            Repository.write(PAGE, current);
        }
        assertThat(Repository.read(PAGE))
                .as("write it anew with -Dtest=WhatEndsThePromiseTest -Ddocs.update=true")
                .isEqualTo(current);
    }

    private static String shapes() {
        String rows = Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.COMES_AGAIN)
                .map(outcome -> "| " + words(outcome) + " | " + outcome.why() + " |")
                .collect(Collectors.joining("\n", "| in the route | why |\n|---|---|\n", ""));
        return rows + "\n\nIn these the failure of a step reaches the consumer, and the change comes again: "
                + words(Outcome.COMES_AGAIN) + ".";
    }

    private static String words(Outcome outcome) {
        return RouteShape.all().stream()
                .filter(shape -> shape.outcome() == outcome)
                .map(RouteShape::words)
                .collect(Collectors.joining("; "));
    }
}
