package io.github.cameldataverse.changes.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the repository.
 *
 * @param path from the root of the repository
 * @param text what stands in it
 */
record MarkdownPage(String path, String text) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- from: (\\S+) -->\\n\\n?)?^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern INLINE_CODE = Pattern.compile("`([^`\\n]+)`");

    /**
     * A fenced block.
     *
     * @param source where it is taken from, {@code file} or {@code file#tag}; empty if it is not said
     */
    record CodeBlock(String source, String language, String text) {}

    @Override
    public String toString() {
        return path;
    }

    static MarkdownPage of(String path) {
        return new MarkdownPage(path, Repository.read(path));
    }

    List<CodeBlock> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(found ->
                        new CodeBlock(found.group(1) == null ? "" : found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    List<String> links() {
        return groups(LINK, prose());
    }

    List<String> inlineCode() {
        return groups(INLINE_CODE, prose());
    }

    /** The anchors of its headings, as they are made by GitHub. */
    List<String> anchors() {
        return groups(HEADING, prose()).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The cells of each table row. */
    List<List<String>> tableRows() {
        return prose().lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> cells(line.substring(1, line.length() - 1)))
                .toList();
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toList());
    }
}
