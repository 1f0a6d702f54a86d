package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader takes a page over with what it has read of its notes, while the other one still makes some: those were thrown away,
 * and what they told of came twice, with transactions too.
 */
@OverBothApis
class NotesMadeDuringATakeoverTest {

    private static final int CHANGES = 4;
    private static final Set<String> MOVES = Set.of("advance", "takeOver");

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> keys = new ArrayList<>();

    @TempDir
    Path directory;

    /** Where both have the token. */
    enum Store {
        MEMORY,
        FILE,
        H2
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void nothingThatTheOtherReaderNotesMeanwhileComesAgain(Store store) throws Exception {
        meet(open(store), "");
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void norDoesItWhereIdsAreKept(Store store) throws Exception {
        meet(open(store), "&knownIds=true");
    }

    private DeltaTokenRepository open(Store store) {
        return switch (store) {
            case MEMORY -> new MemoryDeltaTokenRepository();
            case FILE -> new FileDeltaTokenRepository(directory);
            case H2 -> new JdbcDeltaTokenRepository(database());
        };
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    private void meet(DeltaTokenRepository tokens, String options) throws Exception {
        tokens.start();
        List<String> expected = IntStream.range(0, CHANGES)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
        AtomicInteger failsAt = new AtomicInteger();
        AtomicInteger moves = new AtomicInteger();
        try (PolledReader first =
                reader(tokens, options, exchange -> takeUnless(failsAt.getAndDecrement() == 0, exchange))) {
            first.poll();
            DeltaTokenRepository watched = InterceptingProxy.to(DeltaTokenRepository.class, tokens, (method, made) -> {
                if (MOVES.contains(method.getName()) && moves.getAndIncrement() == 0) {
                    failsAt.set(1);
                    first.poll();
                    assertThat(keys).as("delivered by the first reader").hasSize(1);
                }
                return made.call();
            });
            try (PolledReader second = reader(watched, options, exchange -> takeUnless(false, exchange))) {
                second.pollToTheEnd();
            }
        } finally {
            tokens.stop();
        }
        assertThat(moves).hasPositiveValue();
        assertThat(keys).isEqualTo(expected);
    }

    private void takeUnless(boolean fails, Exchange exchange) {
        if (fails) {
            throw new IllegalStateException("the route fails");
        }
        keys.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
    }

    private PolledReader reader(DeltaTokenRepository tokens, String options, Processor route) throws Exception {
        return new PolledReader(simulator, options + "&api=" + OverBothApis.API.word(), tokens, route);
    }
}
