package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.organization.Retention;
import io.github.cameldataverse.changes.internal.organization.metadata.OrganizationMetadata;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the age of a delta token: warns at half of its time, and refuses to ask with it when its time is over.
 * One thread watches, any thread may ask for its life.
 */
public final class TokenExpiry {

    private final String subscription;
    private final Retention retention;
    private final Clock clock;
    private Instant warnedOf = Instant.MIN;

    /** @param metadata the organization says how long it keeps track */
    public TokenExpiry(Subscription subscription, OrganizationMetadata metadata, Clock clock) {
        this.subscription = subscription.toString();
        this.retention = new Retention(metadata, clock);
        this.clock = clock;
    }

    /** The life of the token at which a checkpoint stands; empty if it stands in a full load, which has none. */
    public Optional<TokenLife> life(Checkpoint at) {
        return life(at, retention.known());
    }

    /** The same, the organization being asked if it is time to. */
    public Optional<TokenLife> lifeAsked(Checkpoint at) {
        return life(at, retention.asked());
    }

    private static Optional<TokenLife> life(Checkpoint at, @Nullable Duration kept) {
        return at.roundLink() == null ? Optional.empty() : Optional.of(new TokenLife(at.obtained(), kept));
    }

    /**
     * @throws ServiceFault.TokenExpired if the token is older than the organization keeps track; the service is not asked
     *     with it then
     */
    public void requireYoung(Checkpoint here) throws ServiceFault.TokenExpired {
        if (here.roundLink() == null) {
            return;
        }
        TokenLife life = new TokenLife(here.obtained(), retention.asked());
        watch(here);
        if (life.isOver(clock.instant())) {
            requireYoung(new TokenLife(here.obtained(), retention.askedAnew()));
        }
    }

    /** The organization may have been told to keep track for longer in the meantime. */
    private void requireYoung(TokenLife life) throws ServiceFault.TokenExpired {
        Instant now = clock.instant();
        if (life.isOver(now)) {
            throw new ServiceFault.TokenExpired(
                    "For " + subscription + " " + life.words(now)
                            + (life.kept() == null ? ", and nothing is kept for more than 365 days" : "")
                            + ". What the service answers to it cannot be trusted, so it was not"
                            + " asked: deletes may be missing. Read the table again with the producer operation resync,"
                            + " or set onTokenExpired=resync",
                    0);
        }
    }

    /** Says once of each token that half of its time is over. */
    public void watch(Checkpoint at) {
        Instant now = clock.instant();
        life(at).filter(life -> life.isHalfOver(now) && !life.obtained().equals(warnedOf))
                .ifPresent(life -> warn(life, now));
    }

    private void warn(TokenLife life, Instant now) {
        warnedOf = life.obtained();
        LOG.warn(
                "{}: {}. If no round is completed before {}, the table has to be read again",
                subscription,
                life.words(now),
                life.expires());
    }
}
