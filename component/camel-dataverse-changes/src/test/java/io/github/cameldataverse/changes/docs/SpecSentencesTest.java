package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.docs.SpecSentences.Sentence;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every sentence of the two documents has a test, or is listed as open. */
class SpecSentencesTest {

    private final SpecSentences sentences = new SpecSentences();

    @Test
    void theIdsAreCountedThroughInEachDocument() {
        assertThat(ids("current"))
                .containsExactlyElementsOf(numbered("current", ids("current").size()));
        assertThat(ids("2021"))
                .containsExactlyElementsOf(numbered("2021", ids("2021").size()));
    }

    @Test
    void everySentenceHasATestOrSaysWhatIsToShowIt() {
        Set<String> open = sentences.all().stream()
                .filter(sentence -> !sentence.open().isEmpty())
                .map(Sentence::id)
                .collect(Collectors.toSet());
        Set<String> without = sentences.all().stream()
                .map(Sentence::id)
                .filter(id -> !sentences.tests().containsKey(id))
                .collect(Collectors.toSet());
        assertThat(without)
                .as("sentences without a test, and those listed as open")
                .isEqualTo(open);
    }

    @Test
    void everyTestNamesSentencesThatAreThere() {
        assertThat(sentences.all().stream().map(Sentence::id).toList())
                .containsAll(sentences.tests().keySet());
    }

    @Test
    void thePageIsCurrent() {
        String current = sentences.page();
        if (Boolean.getBoolean("docs.update")) {
            Repository.write(SpecSentences.PAGE, current);
        }
        assertThat(Repository.read(SpecSentences.PAGE))
                .as("write it anew with -Dtest=SpecSentencesTest -Ddocs.update=true")
                .isEqualTo(current);
    }

    private List<String> ids(String document) {
        return sentences.all().stream()
                .map(Sentence::id)
                .filter(id -> id.startsWith(document + "-"))
                .toList();
    }

    private static List<String> numbered(String document, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> document + "-" + number)
                .toList();
    }
}
