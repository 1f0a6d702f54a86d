package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.organization.Retention;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the age of a delta token: warns at half of its time, and refuses to ask with it when its time is over. It
 * is as old as the service's clock has it, so it cannot be from a later time than that clock shows: one that is had its
 * time from a clock that was wrong, and may be of any age. One thread watches, any thread may ask for its life.
 */
public final class TokenExpiry {

    private final String subscription;
    private final OrganizationConnection organization;
    private final Retention retention;
    private final ServiceClock clock;
    private Instant warnedOf = Instant.MIN;
    private Instant puzzledBy = Instant.MIN;

    /** @param organization says how long it keeps track, and what time it is */
    public TokenExpiry(Subscription subscription, OrganizationConnection organization) {
        this.subscription = subscription.toString();
        this.organization = organization;
        this.clock = organization.clock();
        this.retention = new Retention(organization.metadata(), clock);
    }

    /** The life of the token at which a checkpoint stands; empty if it stands in a full load, which has none. */
    public Optional<TokenLife> life(Checkpoint at) {
        return life(at, retention.known());
    }

    /** The same, the organization being asked if it is time to, also what time it is. */
    public Optional<TokenLife> lifeAsked(Checkpoint at) throws ServiceFault {
        Optional<TokenLife> life = life(at, retention.asked());
        organization.settleClock();
        return life;
    }

    private static Optional<TokenLife> life(Checkpoint at, @Nullable Duration kept) {
        return at.roundLink() == null ? Optional.empty() : Optional.of(new TokenLife(at.obtained(), kept));
    }

    /**
     * To be asked before the token is used, and again when the answer is there, which may be the first to tell that a
     * machine has slept.
     *
     * @throws ServiceFault.TokenExpired if the token is older than the organization keeps track, or if that cannot be known;
     *     nothing that the service answers to it is of use then
     * @throws ServiceFault of another type if it could not be found out what time it is
     */
    public void requireYoung(Checkpoint here) throws ServiceFault {
        organization.settleClock();
        if (here.roundLink() == null) {
            return;
        }
        TokenLife life = new TokenLife(here.obtained(), retention.asked());
        organization.settleClock();
        requireNotAhead(life);
        watch(here);
        if (life.isOver(clock.instant())) {
            requireYoung(new TokenLife(here.obtained(), retention.askedAnew()));
        }
    }

    private void requireNotAhead(TokenLife life) throws ServiceFault.TokenExpired {
        Instant now = clock.instant();
        if (!life.isAhead(now)) {
            return;
        }
        if (clock.isTold()) {
            throw new ServiceFault.TokenExpired(
                    "For " + subscription + " " + life.aheadInWords(now)
                            + " the clock of the service: it was stored by a"
                            + " clock that was wrong, and nobody knows how old it is. What the service answers to it cannot"
                            + " be trusted: deletes may be missing",
                    0);
        }
        if (!life.obtained().equals(puzzledBy)) {
            puzzledBy = life.obtained();
            LOG.warn(
                    "{}: {} the clock of this machine, and the service does not tell the time. Set the clock; if the token"
                            + " is older than the service keeps track, changes may be missing",
                    subscription,
                    life.aheadInWords(now));
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
                            + " asked, or its answer was left aside: deletes may be missing",
                    0);
        }
    }

    /** Says once of each token that half of its time is over. Of one that is over it is said where it is refused. */
    public void watch(Checkpoint at) {
        Instant now = clock.instant();
        life(at).filter(life -> life.isHalfOver(now)
                        && !life.isOver(now)
                        && !life.obtained().equals(warnedOf))
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
