package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SharedTokens;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A new release of a route begins to keep known ids while the old one, without the option, still reads in turn with it: what
 * the old one delivered was missed in the list, and stayed at the sinks for good when it was gone before a reload.
 */
@OverBothApis
class ListBegunByAnotherReaderTest {

    private static final String API = "&api=" + OverBothApis.API.word();

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final Set<String> sink = new HashSet<>();
    private boolean fails;

    @TempDir
    Path directory;

    private DeltaTokenRepository tokens;

    @AfterEach
    void stop() {
        tokens.stop();
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void aReaderWithoutTheOptionKeepsItTrueFromThenOn(SharedTokens store) throws Exception {
        tokens = store.open(directory);
        accountsIn(accounts, 3);
        try (PolledReader old = new PolledReader(simulator, API, tokens, this::take)) {
            old.pollToTheEnd();
            try (PolledReader renewed = new PolledReader(simulator, API + "&knownIds=true", tokens, this::take)) {
                renewed.resync();
                read(renewed);
                String record = accounts.create(Map.of("name", "of the old one"));
                read(old);
                assertThat(sink).contains(record);
                accounts.delete(record);
                renewed.resync();
                read(renewed);
                assertThat(sink).isEqualTo(Set.copyOf(accounts.ids()));
            }
        }
    }

    /** It derives no deletes at the end of a load, so that it has to tell by itself of what goes at the beginning of one. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault("P14")
    void aReaderWithoutTheOptionTellsWhatIsGoneWhenItAsksForTheFirstPageAgain(SharedTokens store) throws Exception {
        tokens = store.open(directory);
        SubscriptionId id = new SubscriptionId(simulator.organizationUrl().toString(), "account", "default");
        boolean unused = tokens.knownIds(id).orElseThrow().begin();
        fails = true;
        String record = accounts.create(Map.of("name", "goes"));
        accountsIn(accounts, 3);
        try (PolledReader reader = new PolledReader(simulator, API, tokens, this::take)) {
            while (sink.isEmpty()) {
                reader.poll();
            }
            assertThat(sink).containsExactly(record);
            accounts.delete(record);
            fails = false;
            reader.pollToTheEnd();
            assertThat(sink).isEqualTo(Set.copyOf(accounts.ids()));
        }
    }

    /** It stands by for a moment first, because the other one may still be at work. */
    private static void read(PolledReader reader) {
        for (int i = 0; i < 10; i++) {
            reader.poll();
        }
        reader.pollToTheEnd();
    }

    private void take(Exchange exchange) {
        if (fails && !sink.isEmpty()) {
            throw new IllegalStateException("the route fails");
        }
        String id = exchange.getMessage().getHeader(DataverseChangesConstants.ID, String.class);
        switch (exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class)) {
            case "upsert" -> sink.add(id);
            case "delete" -> sink.remove(id);
            default -> {}
        }
    }
}
