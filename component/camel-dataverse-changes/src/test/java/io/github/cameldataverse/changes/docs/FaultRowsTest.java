package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of the fault matrix has a test or a reason, and the README says how many have a test. */
class FaultRowsTest {

    private static final Pattern FIGURES =
            Pattern.compile("(?<=<!-- generated: faults -->\\n\\n)[^\\n]*(?:\\n[^\\n]+)*(?=\\n\\n<!-- end -->)");

    private final FaultRows rows = new FaultRows();

    @Test
    void thePageHasAllRowsOnce() {
        assertThat(rows.ids()).doesNotHaveDuplicates();
        assertThat(rows.ids()).filteredOn(FaultRowsTest::isThreat).hasSize(21);
        assertThat(rows.ids()).filteredOn(id -> !isThreat(id)).hasSize(91);
    }

    @Test
    void everyTestNamesRowsThatAreThere() {
        assertThat(rows.ids()).containsAll(rows.tests().keySet());
    }

    @Test
    void everyRowHasATestOrAReason() {
        Set<String> open = new TreeSet<>(rows.ids());
        open.removeAll(rows.tests().keySet());
        assertThat(rows.reasons().keySet())
                .as("rows without a test, and the reasons that %s gives", FaultRows.PAGE)
                .isEqualTo(open);
        assertThat(rows.reasons().values())
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void theFiguresInTheReadmeAreCurrent() {
        String readme = Repository.read("README.md");
        Matcher figures = FIGURES.matcher(readme);
        assertThat(figures.find()).as("the place of the figures in README.md").isTrue();
        String current = new StringBuilder(readme)
                .replace(figures.start(), figures.end(), figures())
                .toString();
        if (Boolean.getBoolean("docs.update")) {
            Repository.write("README.md", current);
        }
        assertThat(Repository.read("README.md"))
                .as("write it anew with -Dtest=FaultRowsTest -Ddocs.update=true")
                .isEqualTo(current);
    }

    private String figures() {
        List<String> faults = rows.ids().stream().filter(id -> !isThreat(id)).toList();
        List<String> threats =
                rows.ids().stream().filter(FaultRowsTest::isThreat).toList();
        return "Proven by tests that carry their ids: **" + proven(faults) + "/" + faults.size() + "** faults and **"
                + proven(threats) + "/" + threats.size() + "** threats\nof [When things go wrong](" + FaultRows.PAGE
                + "), which says what one sees and what to do.";
    }

    private long proven(List<String> ids) {
        return ids.stream().filter(rows.tests().keySet()::contains).count();
    }

    private static boolean isThreat(String id) {
        return id.startsWith("S");
    }
}
