package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.Rows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.BothLinks;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.HtmlBody;
import io.github.cameldataverse.changes.testkit.faults.MalformedRow;
import io.github.cameldataverse.changes.testkit.faults.NextLinkCycle;
import io.github.cameldataverse.changes.testkit.faults.Redirect;
import io.github.cameldataverse.changes.testkit.faults.Rewritten;
import io.github.cameldataverse.changes.testkit.faults.Stall;
import io.github.cameldataverse.changes.token.FileDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OverBothApis
class ConsumerLineTest {

    private final Api api = OverBothApis.API;

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final SimulatedTable accounts = simulator.table("account");

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    @Fault({"P17", "S3"})
    void aRedirectIsNotFollowed() throws Exception {
        try (DataverseSimulator foreign = DataverseSimulator.start()) {
            simulator.faults().always(new Redirect(foreign.organizationUrl().toString()));
            try (Reader reader = Reader.of(simulator, api).start()) {
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(reader.message()).contains("Redirects are not followed");
                assertThat(foreign.requests()).isEmpty();
            }
        }
    }

    @Test
    @Fault({"N8", "D4", "P8", "P20"})
    void anAnswerThatIsNoPageDeliversNothingAndHeals() throws Exception {
        accountsIn(accounts, 3);
        simulator
                .faults()
                .whereAsked(Asking::forRows)
                .next(new HtmlBody())
                .next(new ErrorInside200())
                .next(withoutId())
                .next(new BothLinks());
        try (Reader reader = Reader.of(simulator, api).with("maxRetries", 0).start()) {
            await().until(() -> simulator.faults().struck() == 4);
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    private io.github.cameldataverse.changes.testkit.faults.Fault withoutId() {
        return api == Api.WEB_API
                ? MalformedRow.without("accountid")
                : new Rewritten(page -> page.replaceAll("<(\\w+:)?Id>[^<]*</(\\w+:)?Id>", ""));
    }

    @Test
    @Fault("P10")
    void aCycleOfNextLinksIsFound() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereAsked(Asking::forANextPage).always(new NextLinkCycle());
        try (Reader reader = Reader.of(simulator, api).with("maxPageSize", 3).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("never end");
            int received = reader.received().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 5);
            assertThat(reader.received()).hasSize(received);
        }
    }

    @Test
    @Fault("N7")
    void aBodyThatDoesNotEndIsCutOffAtTheDeadline() throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereAsked(Asking::forRows).next(new Stall(Duration.ofSeconds(30)));
        try (Reader reader =
                Reader.of(simulator, api).with("requestTimeout", 500).start()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> reader.received().size() == 3);
        }
    }

    @Test
    @Fault("L3")
    void aStopDoesNotWaitForARequestThatHangs() throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereAsked(Asking::forRows).always(new Stall(Duration.ofSeconds(60)));
        Reader reader = Reader.of(simulator, api).start();
        await().until(() -> simulator.requests().size() >= 2);
        Instant before = Instant.now();
        reader.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRestartResumesInsideALongLoadFromTheFile(@TempDir Path directory) throws Exception {
        accountsIn(accounts, 20);
        try (Reader first = Reader.of(simulator, api)
                .with("maxPageSize", 3)
                .with("idempotentRepository", new FileDeltaTokenRepository(directory))) {
            first.doing(exchange -> {
                        if (first.received().size() == 10) {
                            throw new IllegalStateException("enough");
                        }
                    })
                    .start();
            await().until(() -> first.word() == Word.POISONED);
            assertThat(first.received()).hasSize(10);
        }
        simulator.forgetRequests();
        try (Reader second = Reader.of(simulator, api)
                .with("maxPageSize", 3)
                .with("idempotentRepository", new FileDeltaTokenRepository(directory))
                .start()) {
            await().until(() -> second.received().size() == 10);
            assertThat(simulator.requests().stream().filter(Asking::forRows).findFirst())
                    .hasValueSatisfying(
                            request -> assertThat(Asking.forANextPage(request)).isTrue());
        }
    }
}
