package io.github.cameldataverse.changes.docs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rows of the fault matrix, as the page lists them, and the tests of all modules that name them. */
final class FaultRows {

    static final String PAGE = "docs/when-things-go-wrong.md";

    private static final Pattern ID = Pattern.compile("[A-Z]\\d{1,2}");
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
        return new AnnotatedTests(List.of("ProvesFault", "Fault"), ID).byId();
    }

    private static boolean isId(List<String> row) {
        return ID.matcher(row.get(0)).matches();
    }
}
