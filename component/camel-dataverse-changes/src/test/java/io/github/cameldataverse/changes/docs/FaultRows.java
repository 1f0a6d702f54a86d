package io.github.cameldataverse.changes.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of the fault matrix, as the page lists them, and the tests of all modules that name them. */
final class FaultRows {

    static final String PAGE = "docs/when-things-go-wrong.md";

    private static final List<String> MODULES = List.of("component", "routes-example");
    private static final Pattern ID = Pattern.compile("[A-Z]\\d{1,2}");
    private static final Pattern NAMED = Pattern.compile("@Fault\\((\"[^\"]+\"|\\{[^}]*})\\)");
    private static final int CELLS_OF_A_REASON = 2;

    private final MarkdownPage page = MarkdownPage.of(PAGE);

    /** The ids of the page's tables, in their order; those of threats begin with S. */
    List<String> ids() {
        return page.tableRows().stream()
                .filter(row -> row.size() > CELLS_OF_A_REASON && isId(row))
                .map(row -> row.get(0))
                .toList();
    }

    /** The ids that the page says are not proven, with the reason for each. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        page.tableRows().stream()
                .filter(row -> row.size() == CELLS_OF_A_REASON && isId(row))
                .forEach(row -> reasons.put(row.get(0), row.get(1)));
        return reasons;
    }

    /** Where each id is named. */
    Map<String, Set<String>> tests() {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path source : sources()) {
            for (String id : idsIn(source)) {
                tests.computeIfAbsent(id, key -> new TreeSet<>())
                        .add(String.valueOf(source.getFileName()).replace(".java", ""));
            }
        }
        return tests;
    }

    private static boolean isId(List<String> row) {
        return ID.matcher(row.get(0)).matches();
    }

    private static List<String> idsIn(Path source) {
        return NAMED.matcher(read(source))
                .results()
                .map(MatchResult::group)
                .flatMap(named -> ID.matcher(named).results().map(MatchResult::group))
                .toList();
    }

    private static List<Path> sources() {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Repository.path(module))) {
                files.filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(sources::add);
            } catch (IOException e) {
                throw new UncheckedIOException("The folder " + module + " cannot be listed", e);
            }
        }
        return sources;
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
