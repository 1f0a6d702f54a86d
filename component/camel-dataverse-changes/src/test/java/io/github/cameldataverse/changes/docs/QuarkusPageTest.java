package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/quarkus.md} names the options of the dev service that the extension has. */
class QuarkusPageTest {

    private static final String CONFIGURATION =
            "component/camel-quarkus-dataverse-changes/deployment/src/main/java/io/github/"
                    + "cameldataverse/changes/quarkus/deployment/DataverseChangesBuildConfig.java";

    private static final Pattern MEMBER = Pattern.compile("(?m)^        \\S+ (\\w+)\\(\\);$");

    @Test
    void everyOptionOfTheDevServiceIsInItsTableAndNoOther() {
        List<String> options = MEMBER.matcher(Repository.read(CONFIGURATION))
                .results()
                .map(member -> "`" + kebab(member.group(1)) + "`")
                .toList();
        assertThat(MarkdownPage.of("docs/quarkus.md").tableRows())
                .filteredOn(row -> row.get(0).startsWith("`"))
                .extracting(row -> row.get(0))
                .hasSizeGreaterThan(3)
                .isEqualTo(options);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
