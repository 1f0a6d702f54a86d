package io.github.cameldataverse.changes.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class BarPlotTest {

    private static final ReaderSpec SLOW = ReaderSpec.of("slow", "ours");
    private static final ReaderSpec FAST =
            ReaderSpec.of("fast", Contestant.SOCKET.spec().kind());

    private final Results results =
            new Results(new Comparison("part", "A title", Workload.CENTRE, List.of(SLOW, FAST), 3, 0));

    @Test
    void aBarIsAsLongAsItsMedianAndItsLineGoesFromTheLowestRoundToTheHighest() throws Exception {
        add(SLOW, 10, 40, 20);
        add(FAST, 5, 5, 5);

        Document svg = parsed(BarPlot.svg(List.of(results), "CPU µs a row", Sample::cpuMicrosPerRow));

        assertThat(attribute(svg, "rect", 1, "width")).isEqualTo("240.0");
        assertThat(attribute(svg, "path", 0, "d")).startsWith("M420.0 ").endsWith("H780.0");
        assertThat(attribute(svg, "rect", 2, "width")).isEqualTo("60.0");
    }

    @Test
    void thePageServerIsMeasuredByWhatOnlyTakesItsBytes() {
        add(SLOW, 10, 40, 20);
        add(FAST, 5, 5, 5);

        assertThat(results.aheadOfAll()).hasValue(4);
        assertThat(ResultsPage.table(results)).contains("4.0 times").contains("held none of them up");
    }

    @Test
    void whereTheServerIsNotFasterThanItsReadersThePageSaysSo() {
        add(SLOW, 10);
        add(FAST, 9);

        assertThat(ResultsPage.table(results)).contains("void");
    }

    private void add(ReaderSpec reader, long... micros) {
        for (long each : micros) {
            results.add(reader, new Sample(1, 1_000 * each, 1_000 * each, 0));
        }
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static String attribute(Document svg, String element, int index, String name) {
        return svg.getElementsByTagName(element)
                .item(index)
                .getAttributes()
                .getNamedItem(name)
                .getNodeValue();
    }
}
