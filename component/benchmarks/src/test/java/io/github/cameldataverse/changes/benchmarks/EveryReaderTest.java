package io.github.cameldataverse.changes.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload.Encoding;
import io.github.cameldataverse.changes.benchmarks.reader.ReaderMain;
import io.github.cameldataverse.changes.benchmarks.server.PageServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only readers that have read the same can be compared. The limit is for one that waits for ever. */
@Timeout(60)
class EveryReaderTest {

    private static final Workload SMALL = new Workload(12, 300, 100, 0, Encoding.IDENTITY, 1);

    private static PageServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void serve() throws Exception {
        server = new PageServer(SMALL);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    static Stream<ReaderSpec> ofAnyPlan() {
        return Stream.of("quick", "full")
                .flatMap(plan -> Plan.named(plan).stream())
                .flatMap(comparison -> comparison.readers().stream())
                .map(reader -> reader.labelled("reader"))
                .distinct()
                .filter(EveryReaderTest::takesNoSeconds);
    }

    /** A server of PostgreSQL takes seconds to start: of the readers with one, those that use most of it. */
    private static boolean takesNoSeconds(ReaderSpec reader) {
        return reader.settings().containsKey("manualCommit")
                || !reader.settings().containsValue("postgres")
                        && !reader.setting("sink", "").equals("2000");
    }

    @ParameterizedTest
    @MethodSource("ofAnyPlan")
    void readsAllRowsOfTheLoad(ReaderSpec reader) throws Exception {
        Sample sample = ReaderMain.once(reader, server.origin(), SMALL, directory);

        long pages = Long.parseLong(reader.settings().getOrDefault("pages", "3"));
        assertThat(sample.rows()).isEqualTo(100 * Math.min(3, pages));
    }

    @Test
    void readsCompressedPages() throws Exception {
        Workload compressed = SMALL.encoding(Encoding.GZIP);
        try (PageServer gzip = new PageServer(compressed)) {
            for (String kind : new String[] {"scan", "route", "ours"}) {
                assertThat(ReaderMain.once(ReaderSpec.parse(kind), gzip.origin(), compressed, directory)
                                .rows())
                        .as(kind)
                        .isEqualTo(300);
            }
        }
    }

    @Test
    void oursReadsManyTablesInOneContext() throws Exception {
        Workload tables = SMALL.tables(4);
        try (PageServer four = new PageServer(tables)) {
            assertThat(ReaderMain.once(ReaderSpec.parse("ours"), four.origin(), tables, directory)
                            .rows())
                    .isEqualTo(1_200);
        }
    }
}
