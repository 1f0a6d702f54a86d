package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.internal.checkpoint.Standby.Lasting;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.util.OptionalLong;

/** Keepers of the checkpoint of a subscription, as a reader without further options has them. */
final class Keepers {

    private Keepers() {}

    static CheckpointKeeper of(
            DeltaTokenRepository repository, SubscriptionNames names, String fingerprint, ServiceClock clock) {
        return of(repository, names, KnownRecords.look(repository, names.key()), fingerprint, clock);
    }

    static CheckpointKeeper of(
            DeltaTokenRepository repository,
            SubscriptionNames names,
            KnownRecords known,
            String fingerprint,
            ServiceClock clock) {
        FullLoadGate gate = new FullLoadGate(
                "account/default",
                0,
                OptionalLong.empty(),
                FullLoadGate.NO_GUARD,
                new DeletesAllowed(repository, names.key()));
        CheckpointPolicy policy =
                new CheckpointPolicy(names.byAddress(), fingerprint, StartFrom.INITIAL, known, gate, clock);
        Lasting lasting = repository.resumesInsideRounds() ? Lasting.PAGES : Lasting.ROUNDS;
        return new CheckpointKeeper(repository, names, known, policy, new Standby(names.byAddress(), lasting, clock));
    }
}
