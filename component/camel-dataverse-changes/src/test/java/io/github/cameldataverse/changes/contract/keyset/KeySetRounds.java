package io.github.cameldataverse.changes.contract.keyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.Map;
import java.util.Optional;

/** Rounds of a reader with a token so short that every step of it can be made to fail. */
final class KeySetRounds {

    static final SubscriptionId SHORT = new SubscriptionId("https://a", "t", "d");
    static final String FINGERPRINT = "api=webApi;select=;annotations=";

    private KeySetRounds() {}

    static Checkpoint first() {
        return new Checkpoint(1, 1, Phase.INITIAL, null, null, 0, 0, SampleCheckpoints.NOW, FINGERPRINT);
    }

    static String link(long round) {
        return "https://a/api/data/v9.2/ts?$deltatoken=" + round;
    }

    /** The end of the round that stands at {@code from}, or the first round. */
    static Checkpoint after(Optional<StoredToken> from) {
        return from.map(token ->
                        token.checkpoint().nextRound(link(token.checkpoint().round() + 1), SampleCheckpoints.NOW))
                .orElseGet(KeySetRounds::first);
    }

    static long number(Optional<StoredToken> stored) {
        return stored.map(token -> token.checkpoint().round()).orElse(0L);
    }

    /** One step of a reader: whole rounds only. */
    static long advance(DeltaTokenRepository repository) {
        Optional<StoredToken> from = repository.load(SHORT);
        Checkpoint next = after(from);
        repository.advance(
                SHORT, from.map(token -> token.checkpoint().revision()).orElse(0L), next);
        return next.round();
    }

    /** The start of this round, whole and nothing else. */
    static void assertStored(Optional<StoredToken> stored, long... rounds) {
        long round = number(stored);
        assertThat(rounds).contains(round);
        if (round > 0) {
            Checkpoint checkpoint = stored.orElseThrow().checkpoint();
            assertThat(checkpoint)
                    .isEqualTo(new Checkpoint(
                            checkpoint.revision(),
                            round,
                            round == 1 ? Phase.INITIAL : Phase.DELTA,
                            round == 1 ? null : link(round),
                            null,
                            0,
                            0,
                            SampleCheckpoints.NOW,
                            FINGERPRINT));
            assertThat(stored.orElseThrow().delivered()).isEqualTo(Map.of());
        }
    }
}
