package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages have in common. */
class PagesTest {

    /** Blocks in these languages are code; the others are commands and drawings. */
    private static final Set<String> CODE = Set.of("java", "yaml", "xml", "properties", "sql");

    private static final Pattern SETTING = Pattern.compile("([a-z][A-Za-z]+)=([A-Za-z#]+)");

    /** Settings of other components and of Camel that the pages name. */
    private static final Set<String> FOREIGN = Set.of("acks", "fileExist", "handled");

    /** Types of Camel that the architecture page names. */
    private static final Set<String> OF_CAMEL = Set.of("IdempotentRepository", "ResumeStrategy", "StateRepository");

    static List<MarkdownPage> pages() {
        return Repository.pages().stream().map(MarkdownPage::of).toList();
    }

    /** The page of the simulator is held to the code where the simulator is. */
    static List<MarkdownPage> pagesButThatOfTheSimulator() {
        return pages().stream()
                .filter(page -> !page.path().equals("docs/simulator.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesButThatOfTheSimulator")
    void everyCodeBlockIsTakenFromAFile(MarkdownPage page) {
        assertThat(page.blocks())
                .filteredOn(block -> CODE.contains(block.language()))
                .allSatisfy(block -> {
                    assertThat(block.source())
                            .as("source of the block%n%s", block.text())
                            .isNotEmpty();
                    assertThat(block.text()).as(block.source()).isEqualTo(Excerpt.of(block.source()));
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkInsideTheRepositoryLeadsSomewhere(MarkdownPage page) {
        assertThat(page.links()).filteredOn(link -> !link.contains("://")).allSatisfy(link -> {
            int hash = link.indexOf('#');
            String file = hash < 0 ? link : link.substring(0, hash);
            Path target = file.isEmpty()
                    ? Path.of(page.path())
                    : Path.of(page.path()).resolveSibling(file).normalize();
            assertThat(Repository.path(target.toString()))
                    .as("%s in %s", link, page.path())
                    .exists();
            if (hash >= 0) {
                assertThat(MarkdownPage.of(target.toString()).anchors())
                        .as("%s in %s", link, page.path())
                        .contains(link.substring(hash + 1));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySettingIsAnOptionThatTakesTheValue(MarkdownPage page) {
        List<BaseOptionModel> options = options();
        assertThat(page.inlineCode()).allSatisfy(code -> {
            Matcher setting = SETTING.matcher(code);
            if (setting.matches() && !FOREIGN.contains(setting.group(1))) {
                assertThat(options).as("`%s` in %s", code, page.path()).anySatisfy(option -> {
                    assertThat(option.getName()).isEqualTo(setting.group(1));
                    if (option.getEnums() != null) {
                        assertThat(option.getEnums()).contains(setting.group(2));
                    }
                });
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "docs/architecture.md")
    void everyClassThatThePageNamesIsThere(String path) throws Exception {
        Set<String> classes = classes();
        Pattern name = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]+)(?:\\.java|\\.[a-z][A-Za-z]+)?");
        assertThat(MarkdownPage.of(path).inlineCode()).allSatisfy(code -> {
            Matcher matcher = name.matcher(code);
            if (matcher.matches() && !OF_CAMEL.contains(matcher.group(1))) {
                assertThat(classes).contains(matcher.group(1));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "docs/architecture.md")
    void theTableOfVersionsIsThatOfTheBuild(String path) {
        String build = Repository.read("pom.xml");
        assertThat(MarkdownPage.of(path).tableRows())
                .filteredOn(row -> row.size() == 4 && row.get(1).startsWith("`"))
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> {
                    String property = row.get(1).replace("`", "");
                    assertThat(build).contains("<" + property + ">" + row.get(2) + "</" + property + ">");
                });
    }

    @Test
    void theTestCommandOfTheReadmeIsThatOfContinuousIntegration() {
        String command = "\n./mvnw verify\n";
        assertThat(MarkdownPage.of("README.md").blocks())
                .extracting(MarkdownPage.CodeBlock::text)
                .contains(command.stripLeading());
        assertThat(Repository.read(".ci/run")).contains(command.stripTrailing());
    }

    private static List<BaseOptionModel> options() {
        ComponentModel component = OptionsPageTest.component();
        return Stream.of(component.getEndpointOptions(), component.getComponentOptions())
                .flatMap(List::stream)
                .map(BaseOptionModel.class::cast)
                .toList();
    }

    private static Set<String> classes() throws Exception {
        try (Stream<Path> files = Files.walk(Repository.path("component/camel-dataverse-changes/src/main/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
