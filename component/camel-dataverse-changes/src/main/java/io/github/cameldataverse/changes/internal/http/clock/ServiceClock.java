package io.github.cameldataverse.changes.internal.http.clock;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.HttpDate;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What time it is at one organization: the {@code Date} of its last good answer (RFC 9110, 6.6.1), and what has passed
 * since by a counter that nobody can set. Until an answer says a time, and where none does, the own clock counts. A Date
 * has whole seconds, so the clock may be behind by one.
 *
 * <p>Something in between may write a Date of its own, and a wrong one would expire a token. So one that is apart from
 * what is expected counts only when {@value #WITNESSES} good answers in a row agree on it, a second from the first to the
 * last; until then the clock {@link #isInDoubt}. Of an error nobody knows who has written it. Thread-safe.
 */
public final class ServiceClock extends Clock {

    static final int WITNESSES = 3;
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    /** Dataverse, under its first name, was not on the net before; what says so has lost its time. */
    private static final Instant FIRST = Instant.parse("2011-01-01T00:00:00Z");

    private final String origin;
    private final OwnClock own;
    private Optional<Told> believed = Optional.empty();
    private Optional<Told> doubted = Optional.empty();
    private int jumps;
    private boolean unreadable;

    /**
     * A time that answers told.
     *
     * @param date the latest Date
     * @param nanos when it came
     * @param witnesses how many answers in a row agree on it
     * @param since when the first of them came
     */
    private record Told(Instant date, long nanos, int witnesses, long since) {

        Instant at(long now) {
            return date.plusNanos(now - nanos);
        }

        Told confirmed(Instant next, long now) {
            return new Told(next, now, witnesses + 1, since);
        }

        boolean isCertain() {
            return witnesses >= WITNESSES && nanos - since >= A_SECOND.toNanos();
        }
    }

    /** @param origin of the organization, for the log */
    public ServiceClock(String origin, OwnClock own) {
        this.origin = origin;
        this.own = own;
        this.jumps = own.jumps();
    }

    @Override
    public synchronized Instant instant() {
        Instant here = own.instant();
        return believed.map(told -> told.at(own.nanos())).orElse(here);
    }

    /** Whether an answer has told the time. */
    public synchronized boolean isTold() {
        return believed.isPresent();
    }

    /** Whether the next answer may change what time it is: nothing is to be decided by the age of a token now. */
    public synchronized boolean isInDoubt() {
        return doubted.isPresent() || believed.isPresent() && own.jumps() != jumps;
    }

    /** Ends a doubt that further answers did not end: it stays at what was believed before. */
    public synchronized void carryOn() {
        doubted = Optional.empty();
        jumps = own.jumps();
    }

    /** The later one of this clock and the own one, unless the own one is proven wrong: of what grows and never repeats. */
    public synchronized Instant latest() {
        Instant here = own.instant();
        Instant there = instant();
        return agree(here, there) && here.isAfter(there) ? here : there;
    }

    /** Takes the time from an answer of the organization. */
    public void hear(Answer answer) {
        if (answer.isSuccess()) {
            answer.header("date").ifPresent(this::hear);
        }
    }

    private synchronized void hear(String text) {
        HttpDate.of(text)
                .filter(date -> !date.isBefore(FIRST))
                .ifPresentOrElse(this::compare, () -> tellUnreadable(text));
    }

    private void compare(Instant date) {
        long now = own.nanos();
        Told alone = new Told(date, now, 1, now);
        if (agree(date, instant())) {
            believe(alone);
            return;
        }
        Told told = doubted.filter(before -> agree(date, before.at(now)))
                .map(before -> before.confirmed(date, now))
                .orElse(alone);
        if (told.isCertain()) {
            LOG.warn("{}: its answers go on telling {}, so that is what time it is there", origin, date);
            believe(told);
        } else {
            doubt(told);
        }
    }

    private void believe(Told told) {
        believed = Optional.of(told);
        carryOn();
    }

    private void doubt(Told told) {
        if (told.witnesses() == 1) {
            LOG.warn(
                    "{}: an answer has the Date {}, and it should be {} there. It counts if further answers say the same;"
                            + " if not, look at what stands between this process and the service",
                    origin,
                    told.date(),
                    instant());
        }
        doubted = Optional.of(told);
    }

    private void tellUnreadable(String text) {
        if (!unreadable) {
            LOG.warn("{}: an answer has the Date \"{}\", which is no time to go by", origin, ServiceText.clean(text));
        }
        unreadable = true;
    }

    static boolean agree(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(OwnClock.TOLERANCE) <= 0;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Only moments are told, and those have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
