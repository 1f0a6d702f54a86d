package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code routes-example/README.md} says what {@code application.properties} and the routes say. */
class ReadmeTest {

    private static final Path SOURCES = Path.of("src", "main");

    private final String readme = read(Path.of("..", "README.md"));
    private final String properties = read(SOURCES.resolve("resources").resolve("application.properties"));

    @Test
    void everyPropertyThatItNamesIsThereAndNoneIsLeftOut() {
        assertThat(all("`(example\\.[a-z.-]+)`", readme))
                .isNotEmpty()
                .isEqualTo(all("(?m)^(example\\.[a-z.-]+)=", properties));
    }

    @Test
    void theDefaultsAreThose() {
        for (String name : all("(?m)^(example\\.[a-z.-]+)=", properties)) {
            String value = all("(?m)^" + Pattern.quote(name) + "=(.*)$", properties)
                    .iterator()
                    .next();
            String variable = name.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT);
            assertThat(readme).contains("| `" + name + "` | `" + variable + "` | `" + value + "` |");
        }
    }

    @Test
    void everyVariableOfProductionIsInIt() {
        assertThat(all("\\$\\{([A-Z_]+)[:}]", properties))
                .hasSizeGreaterThan(5)
                .isSubsetOf(all("([A-Z]+_[A-Z_]+)", readme));
    }

    @Test
    void everyRouteIsInItsTableAndNoOther() throws IOException {
        Set<String> routes = new TreeSet<>();
        for (Path file : files(SOURCES.resolve("java"))) {
            routes.addAll(all("routeId\\(\"([a-z-]+)\"\\)", read(file)));
        }
        assertThat(routes).isNotEmpty().isEqualTo(all("(?m)^\\| `([a-z]+-[a-z-]+)` \\|", readme));
    }

    private static Set<String> all(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
