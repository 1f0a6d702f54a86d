package io.github.cameldataverse.changes.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the next request of a subscription starts.
 *
 * @param revision grows with every advance of this subscription; the value that compare-and-set compares. A reader that takes the
 *     subscription over begins at the milliseconds of the clock, unless it is beyond them, so that its number is higher than
 *     that of whoever read before, also where a token was lost. Earlier versions counted from 1
 * @param round number of the round, 1 or more; a round goes from one delta link to the next. The first one of a
 *     subscription has the milliseconds of the clock for a number, those behind it count on by one, so that no number comes
 *     again after a token was lost. Earlier versions began at 1
 * @param phase what the current round reads
 * @param roundLink the delta link that started the round; null when the round is a full load
 * @param pageLink the next link reached in the round; null when the round stands at its first page
 * @param pages pages of the round that are delivered
 * @param rows rows of the round that are delivered
 * @param obtained since when {@code roundLink} tells of changes: when the round that ended with it began; or when the full
 *     load began. By the clock of the service, if it tells the time
 * @param fingerprint what the links were asked with (columns, annotations, API); a link is of no use with any other
 * @param organization of which organization the links are
 */
public record Checkpoint(
        long revision,
        long round,
        Phase phase,
        @Nullable String roundLink,
        @Nullable String pageLink,
        long pages,
        long rows,
        Instant obtained,
        String fingerprint,
        Organization organization) {

    /**
     * Of which organization a checkpoint is, and at which address it is read.
     *
     * @param id a UUID, as WhoAmI tells it; empty if it never told one
     * @param address scheme, host and port; empty if the id is
     * @param since when this address was read first, in milliseconds since 1970; later than that of any address before; 0 if the id
     *     is empty
     */
    public record Organization(String id, String address, long since) {

        /** The one of which no id was ever known. */
        public static final Organization UNKNOWN = new Organization("", "", 0);

        public boolean isKnown() {
            return !id.isEmpty();
        }
    }

    public Checkpoint {
        if (revision < 1 || round < 1 || pages < 0 || rows < 0) {
            throw new IllegalArgumentException(
                    "A checkpoint has a revision and a round of 1 or more, pages and rows of 0 or more; got revision "
                            + revision + ", round " + round + ", pages " + pages + ", rows " + rows + ".");
        }
    }

    /** One of an organization of which no id is known. */
    public Checkpoint(
            long revision,
            long round,
            Phase phase,
            @Nullable String roundLink,
            @Nullable String pageLink,
            long pages,
            long rows,
            Instant obtained,
            String fingerprint) {
        this(revision, round, phase, roundLink, pageLink, pages, rows, obtained, fingerprint, Organization.UNKNOWN);
    }

    /** No place of a reader: under an address, it tells the organization by whose id the subscription is kept. */
    public static Checkpoint moved(long revision, Organization organization) {
        return new Checkpoint(revision, 1, Phase.MOVED, null, null, 0, 0, Instant.EPOCH, "", organization);
    }

    /** The first checkpoint of a subscription, numbered by the given time: a full load, not yet begun. */
    public static Checkpoint first(Phase phase, Instant now, String fingerprint) {
        return first(phase, Math.max(1, now.toEpochMilli()), now, fingerprint);
    }

    /** The same with a number of its own, which must be beyond every round that ever was. */
    public static Checkpoint first(Phase phase, long round, Instant now, String fingerprint) {
        return new Checkpoint(1, round, phase, null, null, 0, 0, now, fingerprint);
    }

    /**
     * A full reload of a subscription whose token is lost or cannot be read.
     *
     * @param round its number. The count of the rounds is lost with the token, and this one must be beyond every round that
     *     ever was, so that no key of a change comes again
     */
    public static Checkpoint afterLoss(long round, Instant now, String fingerprint) {
        return first(Phase.RESYNC, round, now, fingerprint);
    }

    /** The same round after one more page, with another to come. */
    public Checkpoint nextPage(String link, int delivered) {
        return new Checkpoint(
                revision + 1,
                round,
                phase,
                roundLink,
                link,
                pages + 1,
                rows + delivered,
                obtained,
                fingerprint,
                organization);
    }

    /**
     * The next round, which starts from the delta link that closed this one.
     *
     * @param begun when this round began
     */
    public Checkpoint nextRound(String deltaLink, Instant begun) {
        return new Checkpoint(
                revision + 1, round + 1, Phase.DELTA, deltaLink, null, 0, 0, begun, fingerprint, organization);
    }

    /**
     * The same round from its start, because the service refused the link of its next page. A full load gets a new number:
     * what only its first attempt brought must not be taken as brought by the second.
     */
    public Checkpoint roundAgain() {
        long number = roundLink == null ? round + 1 : round;
        return new Checkpoint(revision + 1, number, phase, roundLink, null, 0, 0, obtained, fingerprint, organization);
    }

    /** A full reload, asked with the given columns. */
    public Checkpoint resync(Instant now, String newFingerprint) {
        return resync(0, now, newFingerprint);
    }

    /** The same behind the latest round that is known from elsewhere: this checkpoint may come from a backup. */
    public Checkpoint resync(long newestRound, Instant now, String newFingerprint) {
        long number = Math.max(round, newestRound) + 1;
        return new Checkpoint(revision + 1, number, Phase.RESYNC, null, null, 0, 0, now, newFingerprint, organization);
    }

    /** Whether the round reads the whole table and delivers its rows: one that only looks for a link does not. */
    public boolean isFullLoad() {
        return phase == Phase.INITIAL || phase == Phase.RESYNC;
    }

    /** Whether the next page is the first one of a full load whose rows are delivered. */
    public boolean beginsFullLoad() {
        return isFullLoad() && atRoundStart();
    }

    /** Whether the next page is the first one of the changes since the link of a round. */
    public boolean beginsDelta() {
        return roundLink != null && atRoundStart();
    }

    /** The same place, asked with other columns; for a full load of which nothing is read yet. */
    public Checkpoint askedWith(String newFingerprint) {
        return new Checkpoint(
                revision + 1, round, phase, roundLink, pageLink, pages, rows, obtained, newFingerprint, organization);
    }

    /** The same place in the hands of another reader: one that had it before is refused from now on. */
    public Checkpoint takenOver() {
        return askedWith(fingerprint);
    }

    /** The same place with another revision. */
    public Checkpoint withRevision(long number) {
        return new Checkpoint(
                number, round, phase, roundLink, pageLink, pages, rows, obtained, fingerprint, organization);
    }

    /** The same place of this organization. */
    public Checkpoint with(Organization itsOrganization) {
        return with(itsOrganization, roundLink, pageLink);
    }

    /** The same place by other links, those of this organization. */
    public Checkpoint with(Organization itsOrganization, @Nullable String itsRoundLink, @Nullable String itsPageLink) {
        return new Checkpoint(
                revision, round, phase, itsRoundLink, itsPageLink, pages, rows, obtained, fingerprint, itsOrganization);
    }

    /** The first page of the same round, with the same revision. */
    public Checkpoint startOfRound() {
        return new Checkpoint(revision, round, phase, roundLink, null, 0, 0, obtained, fingerprint, organization);
    }

    /** Whether this is no place of a reader: the subscription is kept by the id of the organization, and this tells which. */
    public boolean isMoved() {
        return phase == Phase.MOVED;
    }

    /** Whether the round stands at its first page. */
    public boolean atRoundStart() {
        return pageLink == null;
    }
}
