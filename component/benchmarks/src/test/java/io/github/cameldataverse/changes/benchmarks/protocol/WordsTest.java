package io.github.cameldataverse.changes.benchmarks.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What one process says is what the other one understands. */
class WordsTest {

    @Test
    void aWorkloadIsReadAsItWasWritten() {
        Workload workload = Workload.CENTRE
                .columns(5)
                .rows(7)
                .pageSize(3)
                .latency(50)
                .encoding(Workload.Encoding.GZIP)
                .tables(2);

        assertThat(Workload.of(workload.toString())).isEqualTo(workload);
        assertThat(workload.pages()).isEqualTo(3);
    }

    @Test
    void aReaderKeepsItsSettings() {
        ReaderSpec reader =
                ReaderSpec.of("label", "ours").with("tokens", "file").with("bodyType", "map");

        assertThat(ReaderSpec.parse(reader.toString()).settings()).isEqualTo(reader.settings());
        assertThat(ReaderSpec.parse(reader.toString()).kind()).isEqualTo("ours");
    }

    @Test
    void aSampleIsReadAsItWasWritten() {
        Sample sample = new Sample(1, 2, 3, 4);

        assertThat(Sample.of(sample.toString())).isEqualTo(sample);
    }
}
