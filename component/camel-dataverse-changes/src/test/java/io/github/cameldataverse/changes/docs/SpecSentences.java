package io.github.cameldataverse.changes.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sentences of the two change tracking documents that state a behaviour, and the page that says who shows them. */
final class SpecSentences {

    static final String PAGE = "docs/spec-coverage.md";

    private static final String LIST = "component/camel-dataverse-changes/src/test/resources/docs/spec-sentences.txt";
    private static final Pattern ID = Pattern.compile("(?:current|2021)-\\d{1,2}");

    private final List<String> lines = Repository.read(LIST).lines().toList();
    private final Map<String, Set<String>> tests =
            new AnnotatedTests(List.of("ProvesSentence", "WireReference"), ID).byId();

    /**
     * A sentence.
     *
     * @param open what is to show it, as long as no test does; empty otherwise
     */
    record Sentence(String id, String text, String open) {

        static Sentence of(String line) {
            String[] parts = line.split(" \\| ", 3);
            return new Sentence(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
        }
    }

    List<Sentence> all() {
        return lines.stream()
                .filter(SpecSentences::isSentence)
                .map(Sentence::of)
                .toList();
    }

    /** The tests of each id. */
    Map<String, Set<String>> tests() {
        return tests;
    }

    /** The page, made of the list and the annotations of the tests. */
    String page() {
        List<String> page = new ArrayList<>(List.of(
                "<!-- Generated; see CONTRIBUTING.md. Do not edit. -->",
                "",
                "# What the documents say, and the tests that show it",
                "",
                "Every sentence of Microsoft's page *Use change tracking to synchronize data with external systems* that states",
                "a behaviour, in our own words; once as it reads today, once as it read on 24 March 2021. The tests carry the ids",
                "(`@ProvesSentence`). " + figures()));
        for (String line : lines) {
            if (isSentence(line)) {
                page.add(row(Sentence.of(line)));
            } else if (!line.isBlank()) {
                page.addAll(List.of(
                        "", "## " + line.substring(2), "", "| id | what it says | shown by |", "|---|---|---|"));
            }
        }
        return String.join("\n", page) + "\n";
    }

    private String figures() {
        long open =
                all().stream().filter(sentence -> !sentence.open().isEmpty()).count();
        return all().size() + " sentences" + (open == 0 ? ", each with a test." : ", " + open + " of them open.");
    }

    private String row(Sentence sentence) {
        String shown = tests.getOrDefault(sentence.id(), Set.of()).stream()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining("<br>"));
        return "| " + sentence.id() + " | " + sentence.text() + " | "
                + (shown.isEmpty() ? "**open**: " + sentence.open() : shown) + " |";
    }

    private static boolean isSentence(String line) {
        return ID.matcher(line.split(" ", 2)[0]).matches();
    }
}
