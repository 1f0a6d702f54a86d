package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reader that stood by for another one said so at DEBUG only, and its status stayed what it had been before. */
@OverBothApis
class StandbyIsToldTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private static final String API = "&api=" + OverBothApis.API.word();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    @ProvesFault("X1")
    void inOneLineAndInTheStatusUntilTheReaderTakesOver() throws Exception {
        accountsIn(simulator.table("account"), 3);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        tokens.start();
        AtomicBoolean refuses = new AtomicBoolean(true);
        Processor route = exchange -> {
            if (refuses.get()) {
                throw new IllegalStateException("the sink is down");
            }
        };
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                PolledReader first = new PolledReader(simulator, API, tokens, route);
                PolledReader second = new PolledReader(simulator, API, tokens, route)) {
            first.poll();
            second.poll();
            first.poll();
            assertThat(second.status().word()).isEqualTo(Word.POISONED);
            second.poll();
            assertThat(second.status().word()).isEqualTo(Word.STANDBY);
            assertThat(second.status().sentence()).contains("Another reader is at work on account/default");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("Another reader is at work"))
                    .hasSize(1);
            refuses.set(false);
            second.pollToTheEnd();
            assertThat(second.status().word()).isEqualTo(Word.UP);
        }
    }

    @Test
    @ProvesFault("X1")
    void butNotOfOneReaderOfWhichTheOperatorBeginsAResync() throws Exception {
        accountsIn(simulator.table("account"), 3);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        tokens.start();
        AtomicBoolean refuses = new AtomicBoolean(false);
        Processor route = exchange -> {
            if (refuses.get()) {
                throw new IllegalStateException("the sink is down");
            }
        };
        try (PolledReader reader = new PolledReader(simulator, API, tokens, route)) {
            reader.pollToTheEnd();
            accountsIn(simulator.table("account"), 1);
            refuses.set(true);
            for (int resyncs = 0; resyncs < 4; resyncs++) {
                reader.poll();
                assertThat(reader.status().word()).isEqualTo(Word.POISONED);
                resync(tokens);
            }
        }
    }

    private void resync(MemoryDeltaTokenRepository tokens) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                ProducerTemplate operator = context.createProducerTemplate()) {
            context.disableJMX();
            context.getRegistry().bind("tokens", PolledReader.unowned(tokens));
            context.start();
            operator.requestBody(
                    "dataverse-changes:account?organizationUrl=" + simulator.organizationUrl()
                            + "&allowInsecure=true&accessToken=demo&select=name&operation=resync&idempotentRepository=#tokens"
                            + API,
                    "");
        }
    }
}
