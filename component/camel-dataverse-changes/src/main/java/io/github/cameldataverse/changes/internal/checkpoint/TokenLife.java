package io.github.cameldataverse.changes.internal.checkpoint;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old a delta token is, and how old it may become. A service may refuse an older one, or, as documentation of 2021
 * has it, answer it with all rows and without the deletes, which looks like a good answer. So the age decides before
 * anything is asked.
 *
 * @param obtained since when the token tells of changes
 * @param kept for how long the organization keeps track of changes; null if it does not tell
 */
public record TokenLife(Instant obtained, @Nullable Duration kept) {

    /** The clocks and the ways to count of two parties; a token in its last hour is not worth the risk. */
    static final Duration MARGIN = Duration.ofHours(1);
    /** More than that cannot be set. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** So far may two clocks be apart. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int HALF = 50;
    private static final int NEARLY = 80;

    /** Zero, if the clock shows an earlier time. */
    public Duration age(Instant now) {
        Duration age = Duration.between(obtained, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** From when on the token is not asked with any more; null if that is not known. */
    @Nullable
    public Instant expires() {
        return kept == null ? null : obtained.plus(kept).minus(MARGIN);
    }

    /** Whether it seems to be from a later time than it is now: its age is not known then. */
    boolean isAhead(Instant now) {
        return Duration.between(now, obtained).compareTo(TOLERANCE) > 0;
    }

    /** Too late to act: it is not asked with any more. */
    public boolean isOver(Instant now) {
        Duration longest = kept == null ? LONGEST : kept;
        return age(now).compareTo(longest.minus(MARGIN)) >= 0;
    }

    /** Time for a warning. */
    boolean isHalfOver(Instant now) {
        return isPast(HALF, now);
    }

    /** Time to act. */
    public boolean isNearlyOver(Instant now) {
        return isPast(NEARLY, now);
    }

    private boolean isPast(int percent, Instant now) {
        return kept != null && age(now).multipliedBy(100).compareTo(kept.multipliedBy(percent)) >= 0;
    }

    /** Age and end in words, for the middle of a sentence. */
    public String words(Instant now) {
        String words = "the delta token is " + words(age(now)) + " old";
        return kept == null ? words : words + ", and the organization keeps track for " + words(kept);
    }

    /** The same of one that is ahead, with the name of the clock to follow. */
    String aheadInWords(Instant now) {
        return "the delta token was obtained at " + obtained + ", which is " + words(Duration.between(now, obtained))
                + " ahead of";
    }

    private static String words(Duration time) {
        if (time.toHours() >= 48) {
            return time.toDays() + " days";
        }
        return time.toHours() >= 2 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}
