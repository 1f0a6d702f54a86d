package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each question that one place must answer is answered by a line of one file, and the architecture page names it. */
class EightQuestionsTest {

    private static final String PAGE = "docs/architecture.md";
    private static final String MAIN =
            "component/camel-dataverse-changes/src/main/java/io/github/cameldataverse/changes/";
    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- generated: eight questions -->\\n\\n).*?(?=\\n\\n<!-- end -->)", Pattern.DOTALL);

    /**
     * A question.
     *
     * @param file that answers it
     * @param line what the line says at which the answer begins
     */
    private record Question(String text, String file, String line, String words) {

        String row() {
            List<String> lines = Repository.read(file).lines().toList();
            int number = 1;
            while (number <= lines.size() && !lines.get(number - 1).contains(line)) {
                number++;
            }
            assertThat(number).as("the line \"%s\" in %s", line, file).isLessThanOrEqualTo(lines.size());
            String name = file.substring(file.lastIndexOf('/') + 1);
            return "| " + text + " | [" + name + "](../" + file + "), line " + number + " | " + words + " |";
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "1. What happens between a poll and the moved checkpoint?",
                    MAIN + "internal/round/RoundReader.java",
                    "public int read(Watcher watcher)",
                    "ask, plan, deliver and commit, from top to bottom"),
            new Question(
                    "2. When does the checkpoint move, and who may move it?",
                    MAIN + "internal/checkpoint/CheckpointKeeper.java",
                    "private StoredToken store(",
                    "nothing else in the component advances a repository, but `SubscriptionNames` between the names of a subscription"),
            new Question(
                    "3. What does an exchange look like?",
                    MAIN + "internal/exchange/PageExchanges.java",
                    "public List<ChangeExchange> of(",
                    "the package `internal.exchange`: which exchanges there are, and how they are filled"),
            new Question(
                    "4. Why did the reader stop, and what is said?",
                    MAIN + "internal/status/Diagnosis.java",
                    "public ReaderStatus of(",
                    "the package `internal.status`: the word, the sentence, the log line"),
            new Question(
                    "5. A third API: which files?",
                    MAIN + "internal/organization/OrganizationConnection.java",
                    "return switch (query.api())",
                    "a package with a `ChangeSource`, and one line here"),
            new Question(
                    "6. A new option?",
                    MAIN + "internal/subscription/SubscriptionOptions.java",
                    "private Subscription checked(",
                    "a field of `DataverseChangesConfiguration`, and its check here"),
            new Question(
                    "7. A new store, such as Redis?",
                    MAIN + "token/DeltaTokenRepository.java",
                    "public interface DeltaTokenRepository",
                    "this interface and `KnownIds`; the published contract tests show that it keeps the promises"),
            new Question(
                    "8. Where would a parallel delivery go?",
                    MAIN + "internal/delivery/PageDelivery.java",
                    "public Delivered deliver(",
                    "the one loop over the exchanges of a page; what is noted of them is told to its listener"));

    @Test
    void thePageNamesTheLineThatAnswersEachQuestion() {
        String page = Repository.read(PAGE);
        Matcher table = TABLE.matcher(page);
        assertThat(table.find()).as("the place of the table in %s", PAGE).isTrue();
        String current = new StringBuilder(page)
                .replace(table.start(), table.end(), rows())
                .toString();
        if (Boolean.getBoolean("docs.update")) {
            Repository.write(PAGE, current);
        }
        assertThat(Repository.read(PAGE))
                .as("write it anew with -Dtest=EightQuestionsTest -Ddocs.update=true")
                .isEqualTo(current);
    }

    private static String rows() {
        return QUESTIONS.stream()
                .map(Question::row)
                .collect(Collectors.joining("\n", "| question | the place | |\n|---|---|---|\n", ""));
    }
}
