package io.github.cameldataverse.changes.internal.http.answer.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedXmlTest {

    private static final int KIB_64 = 64 * 1024;
    private static final int MIB_4 = 4 * 1024 * 1024;

    /** Whatever it may hold that looks like its own end, or like that of another. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {"<x a=\"> '|\"/>", "<x a='> \"|'/>", "<!-- > ?> ]]> |-->", "<?x > --> \" |?>"})
    @ProvesFault("S9")
    void aPieceOfMarkupHasAtMostSixtyFourKibibytes(String markup) {
        assertBounded(markup, KIB_64);
    }

    @Test
    @ProvesFault("S9")
    void aPieceOfCdataHasAtMostFourMebibytes() {
        assertBounded("<![CDATA[ <x > --> |]]>", MIB_4);
    }

    private static void assertBounded(String markup, int longest) {
        String fill = "y".repeat(longest - markup.length() + 1);

        assertThatCode(() -> readToTheEnd("<r>" + markup.replace("|", fill) + "</r>"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> readToTheEnd("<r>" + markup.replace("|", fill + "y") + "</r>"))
                .isInstanceOf(XmlLimitException.class)
                .hasMessage("The answer has a tag, a comment, an instruction or a piece of CDATA of more than "
                        + longest + " bytes, at byte 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<x a=\"", "<!-- ", "<?x ", "<x"})
    @ProvesFault("S9")
    void onePieceThatDoesNotEndIsTooLong(String begin) {
        assertThatThrownBy(() -> readToTheEnd("<r>" + begin + " y".repeat(KIB_64)))
                .isInstanceOf(XmlLimitException.class);
    }

    @Test
    void aTextHasAnyLength() throws Exception {
        assertThat(readToTheEnd("<r>" + "y".repeat(5_000_000) + "</r>")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<%s/>",
                "<x %s=\"\"/>",
                "<x xmlns:%s=\"u\"/>",
                "<%s:x xmlns:%1$s=\"u\"/>",
                "<x xmlns=\"%s\"/>",
                "<x><?%s?></x>"
            })
    @ProvesFault("S9")
    void thereAreAtMostTwentyThousandNames(String element) throws Exception {
        assertThat(readToTheEnd(elements(element, 9_900))).isEqualTo(9_901);
        assertThatThrownBy(() -> readToTheEnd(elements(element, 20_001)))
                .isInstanceOf(XmlLimitException.class)
                .hasMessage(
                        "The answer has more than 20000 names of elements, attributes, namespaces and instructions");
    }

    @Test
    @ProvesFault("S9")
    void aNameBehindAnotherPrefixIsAnotherOne() {
        String names = IntStream.range(0, 200)
                .mapToObj(i -> elements("<p" + i + ":%s/>", 101))
                .collect(Collectors.joining());
        String prefixes =
                IntStream.range(0, 200).mapToObj(i -> " xmlns:p" + i + "=\"u\"").collect(Collectors.joining());

        assertThatThrownBy(() -> readToTheEnd("<r" + prefixes + ">" + names + "</r>"))
                .isInstanceOf(XmlLimitException.class);
    }

    @Test
    @ProvesFault("S9")
    void elementsNestSixtyFourDeep() throws Exception {
        assertThat(readToTheEnd("<x>".repeat(64) + "</x>".repeat(64) + " ")).isEqualTo(64);
        assertThatThrownBy(() -> readToTheEnd("<x>".repeat(65)))
                .isInstanceOf(XmlLimitException.class)
                .hasMessage("The answer nests its elements deeper than 64");
    }

    private static String elements(String element, int count) {
        return "<r>"
                + IntStream.range(0, count)
                        .mapToObj(i -> element.formatted("a" + i))
                        .collect(Collectors.joining())
                + "</r>";
    }

    @Test
    @ProvesFault("S11")
    void aDocumentTypeIsRefusedBeforeTheParserSeesIt() {
        assertThatThrownBy(() -> readToTheEnd("<!DOCTYPE r [" + "<!ENTITY a \"x\">".repeat(10) + "]><r/>"))
                .isInstanceOf(XmlLimitException.class)
                .hasMessageContaining("declares or names an entity");
    }

    /** The number of elements. */
    private static int readToTheEnd(String text) throws XMLStreamException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        XMLStreamReader xml = SealedXml.open(new Body(bytes, bytes.length));
        int elements = 0;
        while (xml.hasNext()) {
            elements += xml.next() == XMLStreamConstants.START_ELEMENT ? 1 : 0;
        }
        return elements;
    }
}
