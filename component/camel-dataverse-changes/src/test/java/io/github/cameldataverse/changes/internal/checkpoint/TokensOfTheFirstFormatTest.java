package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Service;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files, rows and keys as the versions wrote them that knew the address of an organization only: recorded with one of them, in
 * {@code tokens/format-1}.
 */
class TokensOfTheFirstFormatTest {

    private static final String CONTOSO = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final String ADDRESS = "https://contoso.crm4.dynamics.com";
    private static final String NEW_ADDRESS = "https://contoso-europe.crm4.dynamics.com";
    private static final SubscriptionId ID = new SubscriptionId(ADDRESS, "account", "default");
    private static final String NAME = "account-default-contoso-crm4-dynamics-com-aef08166608954cccbf54840b0a74a76";
    private static final long ROUND = 1793520000124L;
    private static final String FINGERPRINT = "api=webApi;select=name;annotations=";
    private static final String ROUND_LINK = "/api/data/v9.2/accounts?$select=name&$deltatoken=919042%2108%2f22%2f2017";
    private static final String PAGE_LINK =
            "/api/data/v9.2/accounts?$select=name&$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E";
    private static final String A = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private static final String B = "2e451703-c686-e711-80e5-00155db19e6d";

    private final ServiceClock clock = new ServiceClock(
            ADDRESS, SimulatedTime.of(Clock.fixed(Instant.parse("2026-11-02T08:00:00Z"), ZoneOffset.UTC)));

    private final JdbcDataSource database = new JdbcDataSource();

    @TempDir
    Path directory;

    /** A store as it was recorded. */
    enum Store {
        FILE,
        DATABASE,
        /** Holds the start of the round alone. */
        KEYS;

        private boolean hasPages() {
            return this != KEYS;
        }
    }

    private void restore(Store store) throws Exception {
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        switch (store) {
            case FILE -> {
                for (String end : List.of(".token", ".delivered", ".known")) {
                    copy("file/" + NAME + end, directory.resolve(NAME + end));
                }
            }
            case DATABASE -> {
                database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(new String(bytes("rows.sql"), StandardCharsets.UTF_8));
                }
            }
            case KEYS -> copy("keys.txt", directory.resolve("keys.txt"));
        }
    }

    private static void copy(String recorded, Path to) throws Exception {
        Files.write(to, bytes(recorded));
    }

    private static byte[] bytes(String recorded) throws Exception {
        try (InputStream in = Objects.requireNonNull(
                TokensOfTheFirstFormatTest.class.getResourceAsStream("/tokens/format-1/" + recorded), recorded)) {
            return in.readAllBytes();
        }
    }

    private DeltaTokenRepository open(Store store) {
        DeltaTokenRepository repository =
                switch (store) {
                    case FILE -> new FileDeltaTokenRepository(directory);
                    case DATABASE -> new JdbcDeltaTokenRepository(database);
                    case KEYS -> new KeySetTokenRepository(started(keys()));
                };
        ((Service) repository).start();
        return repository;
    }

    private IdempotentRepository keys() {
        return FileIdempotentRepository.fileIdempotentRepository(
                directory.resolve("keys.txt").toFile(), 100_000, 100_000_000);
    }

    private static IdempotentRepository started(IdempotentRepository keys) {
        keys.start();
        return keys;
    }

    private static void close(DeltaTokenRepository repository) {
        ((Service) repository).stop();
        if (repository instanceof KeySetTokenRepository keys) {
            keys.repository().stop();
        }
    }

    private static SubscriptionId at(String address) {
        return new SubscriptionId(address, ID.table(), ID.name());
    }

    private StoredToken load(DeltaTokenRepository repository, String address) throws TokenUnusableException {
        SubscriptionNames names = new SubscriptionNames(repository, at(address), Optional.of(CONTOSO), clock);
        return Keepers.of(repository, names, FINGERPRINT, clock).load();
    }

    private static void assertTakenOver(Store store, StoredToken token, String address) {
        Checkpoint here = token.checkpoint();
        assertThat(here.organization().id()).isEqualTo(CONTOSO);
        assertThat(here.organization().address()).isEqualTo(address);
        assertThat(here.round()).isEqualTo(ROUND);
        assertThat(here.roundLink()).isEqualTo(address + ROUND_LINK);
        assertThat(here.obtained()).isEqualTo(Instant.parse("2026-11-01T08:05:00.456Z"));
        if (store.hasPages()) {
            assertThat(here.pageLink()).isEqualTo(address + PAGE_LINK);
            assertThat(here.pages()).isEqualTo(1);
            assertThat(here.rows()).isEqualTo(2);
            assertThat(token.delivered()).isEqualTo(Map.of(B, "915250"));
        }
    }

    private static void assertKnown(Store store, DeltaTokenRepository repository) {
        if (store.hasPages()) {
            KnownIds known = repository.knownIds(ID.ofOrganization(CONTOSO)).orElseThrow();
            assertThat(known.isKept()).isTrue();
            assertThat(known.rounds(Set.of(A, B))).isEqualTo(Map.of(A, ROUND, B, ROUND - 1));
            assertThat(known.tally(0).ids()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("L7")
    void theyAreTakenOverWithNotesAndKnownIds(Store store) throws Exception {
        restore(store);
        DeltaTokenRepository repository = open(store);
        assertTakenOver(store, load(repository, ADDRESS), ADDRESS);
        assertKnown(store, repository);
        close(repository);
        repository = open(store);
        assertTakenOver(store, load(repository, ADDRESS), ADDRESS);
        assertTakenOver(store, load(repository, NEW_ADDRESS), NEW_ADDRESS);
        assertKnown(store, repository);
        close(repository);
    }

    @Test
    @ProvesFault("L7")
    void anEarlierVersionRefusesTheFileByTheNumberOfItsFormat() throws Exception {
        restore(Store.FILE);
        DeltaTokenRepository repository = open(Store.FILE);
        load(repository, ADDRESS);
        close(repository);
        assertThat(Files.readString(directory.resolve(NAME + ".token"))).startsWith("dataverse-changes-token 2 ");
    }

    @Test
    @ProvesFault("L7")
    void anEarlierVersionRefusesTheRowByTheNumberOfItsFormatAndItsNotesByTheirRevision() throws Exception {
        restore(Store.DATABASE);
        DeltaTokenRepository newer = open(Store.DATABASE);
        DeltaTokenRepository older = open(Store.DATABASE);
        long revision = older.load(ID).orElseThrow().checkpoint().revision();
        load(newer, ADDRESS);
        assertThat(tokenOf(NAME)).startsWith("dataverse-changes-token 2 ");
        assertThatThrownBy(() -> older.delivered(ID, revision, A, "915300")).isInstanceOf(TokenConflictException.class);
        assertThat(newer.load(ID.ofOrganization(CONTOSO)).orElseThrow().delivered())
                .isEqualTo(Map.of(B, "915250"));
    }

    private String tokenOf(String name) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT token FROM dataverse_checkpoint WHERE subscription = '" + name + "'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** Each step is one call of the store, which is whole or not done; so a process dies before it or behind it. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"L7", "L10"})
    void aProcessThatDiesBetweenAnyTwoStepsLosesNothing(Store store) throws Exception {
        int steps = 0;
        for (int writes = 0; steps == writes; writes++) {
            restore(store);
            DeltaTokenRepository repository = open(store);
            Dying dying = new Dying(repository, writes);
            String address = ADDRESS;
            try {
                load(dying.repository(), ADDRESS);
                address = NEW_ADDRESS;
                load(dying.repository(), NEW_ADDRESS);
            } catch (Death e) {
                steps++;
            }
            close(repository);
            repository = open(store);
            assertTakenOver(store, load(repository, address), address);
            assertKnown(store, repository);
            close(repository);
        }
        // It gets the id, moves to it, and leaves that at the address; a reader takes over; so does one at the new
        // address, which
        // remembers before. Known ids begin there, and come round by round.
        assertThat(steps).isEqualTo(store.hasPages() ? 9 : 6);
    }

    private static final class Death extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** A process that dies at its next write after so many. */
    private static final class Dying {

        private static final Set<String> WRITES = Set.of("advance", "takeOver", "replace", "begin", "expect");

        private final DeltaTokenRepository repository;
        private int left;

        private Dying(DeltaTokenRepository repository, int writes) {
            this.repository = repository;
            this.left = writes;
        }

        private DeltaTokenRepository repository() {
            return InterceptingProxy.to(DeltaTokenRepository.class, repository, this::step);
        }

        private Object step(Method method, InterceptingProxy.Made made) throws Throwable {
            if (WRITES.contains(method.getName()) && left-- == 0) {
                throw new Death();
            }
            Object result = made.call();
            return result instanceof Optional<?> found
                            && found.filter(KnownIds.class::isInstance).isPresent()
                    ? found.map(known -> InterceptingProxy.to(KnownIds.class, known, this::step))
                    : result;
        }
    }
}
