package io.github.cameldataverse.changes.benchmarks.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.benchmarks.reader.HttpClientReader.Found;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BraceScanTest {

    @Test
    void countsRowsWhateverStandsInTheirTexts() {
        String rows = "{\"a\":\"} \\\" ] {\"},{\"b\":[1,{\"c\":2}],\"d\":\"\\\\\"}";

        assertThat(read("{\"value\":[" + rows + "],\"@odata.nextLink\":\"http://next?$skiptoken=2\"}"))
                .isEqualTo(new Found(2, "http://next?$skiptoken=2"));
    }

    @Test
    void theLastPageHasNoNextLink() {
        assertThat(read("{\"value\":[{\"a\":1}],\"@odata.deltaLink\":\"http://delta\"}"))
                .isEqualTo(new Found(1, ""));
    }

    @Test
    void refusesAPageThatIsNotWhole() {
        assertThatThrownBy(() -> read("{\"value\":[{\"a\":1}")).isInstanceOf(IllegalStateException.class);
    }

    private static Found read(String page) {
        return new BraceScan().read(page.getBytes(StandardCharsets.UTF_8));
    }
}
