package io.github.cameldataverse.changes.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules that carry an annotation with ids, read from their sources. */
final class AnnotatedTests {

    private static final List<String> MODULES = List.of("component", "routes-example");
    private static final Pattern BEARER = Pattern.compile("\\b(?:void|ArchRule|class) +(\\w+)");

    private final Pattern annotations;
    private final Pattern id;

    /**
     * @param annotations their simple names: a module does not see the annotations of another one's tests
     * @param id what an id looks like
     */
    AnnotatedTests(List<String> annotations, Pattern id) {
        this.annotations = Pattern.compile("@(?:" + String.join("|", annotations) + ")\\((\"[^\"]+\"|\\{[^}]*})\\)");
        this.id = id;
    }

    /** The tests of each id, as {@code Class.method}. */
    Map<String, Set<String>> byId() {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path source : sources()) {
            String text = read(source);
            annotations.matcher(text).results().forEach(found -> id.matcher(found.group())
                    .results()
                    .forEach(named -> tests.computeIfAbsent(named.group(), key -> new TreeSet<>())
                            .add(bearer(source, text, found))));
        }
        return tests;
    }

    private static String bearer(Path source, String text, MatchResult annotation) {
        String type = String.valueOf(source.getFileName()).replace(".java", "");
        Matcher bearer = BEARER.matcher(text);
        return bearer.find(annotation.end()) && !bearer.group(1).equals(type) ? type + "." + bearer.group(1) : type;
    }

    private static List<Path> sources() {
        return MODULES.stream().flatMap(AnnotatedTests::sourcesOf).sorted().toList();
    }

    private static Stream<Path> sourcesOf(String module) {
        try (Stream<Path> files = Files.walk(Repository.path(module))) {
            return files
                    .filter(AnnotatedTests::isOfTests)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + module + " cannot be listed", e);
        }
    }

    /** The contracts of repositories are tests, but published, and so among the main sources of their module. */
    private static boolean isOfTests(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/test/java/") || path.contains("-contracts/src/main/java/");
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
