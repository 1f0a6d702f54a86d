package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/** The revisions of pages that are not stored. */
class RevisionsInKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final SubscriptionId ID = new SubscriptionId("https://contoso.example", "account", "default");

    private static CheckpointKeeper keeper(IdempotentRepository keys, Instant now) {
        DeltaTokenRepository repository = new KeySetTokenRepository(keys);
        ServiceClock clock = new ServiceClock(ID.origin(), SimulatedTime.of(Clock.fixed(now, ZoneOffset.UTC)));
        SubscriptionNames names = new SubscriptionNames(repository, ID, Optional.empty(), clock);
        return Keepers.of(repository, names, "f", clock);
    }

    private static Checkpoint page(CheckpointKeeper keeper, Checkpoint here, Page.Next next) {
        Checkpoint behind = keeper.behind(here, new Page(List.of(), next), NOW);
        return keeper.move(new PageMove(here, behind, Set.of(), Map.of())).checkpoint();
    }

    /** The clock of this process is a minute behind that of the one which died; "grows with every reader that takes over". */
    @Test
    @ProvesFault("X5")
    void aReaderThatTakesOverIsBeyondThePagesOfWhoReadBefore() throws Exception {
        IdempotentRepository keys = MemoryIdempotentRepository.memoryIdempotentRepository(100_000);
        keys.start();
        CheckpointKeeper one = keeper(keys, NOW);
        Checkpoint here = page(one, one.load().checkpoint(), new Page.RoundEnd("delta-1"));
        for (int i = 0; i < 5; i++) {
            here = page(one, here, new Page.MorePages("page-" + i));
        }
        CheckpointKeeper two = keeper(keys, NOW.minus(Duration.ofMinutes(1)));
        assertThat(two.load().checkpoint().revision()).isGreaterThan(here.revision());
    }
}
