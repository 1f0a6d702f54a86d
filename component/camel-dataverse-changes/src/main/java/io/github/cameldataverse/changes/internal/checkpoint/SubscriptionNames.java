package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.http.ServiceOrigin;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Under which name a subscription is kept. An organization has one id for ever, and may get another address, so it is the id that
 * names it; each address at which it was read remembers that:
 *
 * <pre>
 *  name                        what is stored under it
 *  the id of the organization  checkpoint, notes, known ids
 *  an address                  the id, and since when the address is read ({@link Checkpoint#isMoved})
 * </pre>
 *
 * If the organization tells no id, the one counts that its address remembers; if none does, the address is the name. So what an
 * earlier version stored, or this one before it was told an id, is kept by the address, and moves to the id: it gets the id where
 * it is, which an earlier version refuses; known ids and then the checkpoint with its notes are copied; and the address remembers.
 * A process that dies between two of these steps leaves them to the next one.
 *
 * <p>Of two addresses, the subscription is read at the one that is read since later. One that remembers an earlier time was left:
 * another organization may be there, also one with the same id. For one thread at a time.
 */
public final class SubscriptionNames {

    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s]*");
    private static final int CHUNK = 1000;

    private final DeltaTokenRepository repository;
    private final SubscriptionId byAddress;
    private final ServiceClock clock;
    private final String organization;
    private final SubscriptionId key;
    private boolean asked = true;
    private long since;
    private boolean settled;
    private volatile boolean outdated;

    /**
     * @param byAddress the subscription at the address of the endpoint
     * @param told the id that the organization tells now, if it tells one
     */
    public SubscriptionNames(
            DeltaTokenRepository repository, SubscriptionId byAddress, Optional<String> told, ServiceClock clock) {
        this.repository = repository;
        this.byAddress = byAddress;
        this.clock = clock;
        this.organization = told.orElseGet(this::remembered);
        this.key = organization.isEmpty() ? byAddress : byAddress.ofOrganization(organization);
    }

    /** Those that the address remembers, while the organization cannot be asked who it is. */
    public static SubscriptionNames unasked(
            DeltaTokenRepository repository, SubscriptionId byAddress, ServiceClock clock) {
        SubscriptionNames names = new SubscriptionNames(repository, byAddress, Optional.empty(), clock);
        names.asked = false;
        return names;
    }

    /** The id that this address remembers, or none. What cannot be read tells none, and a reader stops there and says so. */
    private String remembered() {
        try {
            return at(byAddress).map(there -> there.organization().id()).orElse("");
        } catch (TokenUnreadableException e) {
            return "";
        }
    }

    private Optional<Checkpoint> at(SubscriptionId name) {
        return repository.load(name).map(StoredToken::checkpoint);
    }

    /** Its name at the address of the endpoint, as a person knows it. */
    SubscriptionId byAddress() {
        return byAddress;
    }

    /** Under which name the subscription is kept, or will be. */
    public SubscriptionId key() {
        return key;
    }

    /** Whether no id is known, so that the address stands for the organization. */
    public boolean isByAddress() {
        return key.equals(byAddress);
    }

    /**
     * What is stored, also if it is still kept by the address.
     *
     * @throws TokenConflictException if it is kept by the id in the meantime
     */
    Optional<StoredToken> stored() {
        Optional<StoredToken> kept = repository.load(key);
        if (isByAddress()) {
            kept.map(StoredToken::checkpoint).ifPresent(this::requireNoId);
        }
        return kept.isPresent() || isByAddress()
                ? kept
                : repository.load(byAddress).filter(token -> !token.checkpoint().isMoved());
    }

    private void requireNoId(Checkpoint there) {
        if (there.organization().isKnown()) {
            outdated = true;
            throw new TokenConflictException(
                    "The delta token of " + byAddress + " is kept by the id of the organization in the meantime");
        }
    }

    /** Whether records were delivered of which there is no list, not even one that will be copied. */
    boolean hasDeliveredUnlisted() {
        return stored().isPresent()
                && repository.knownIds(byAddress).filter(KnownIds::isKept).isEmpty();
    }

    /**
     * Whether these names were looked up before another process was told the id, or before the organization told another one,
     * so that they are to be looked up again.
     */
    boolean areOutdated() {
        return outdated;
    }

    /**
     * Before a reader goes on, or begins: what is kept by the address moves to the id, and the address remembers.
     *
     * @throws TokenUnusableException as {@link #requireSame}
     * @throws TokenConflictException if another process does the same
     */
    void settle() throws TokenUnusableException {
        requireSame();
        if (!isByAddress()) {
            moveToTheId();
            requireSame();
            remember();
        }
        settled = true;
    }

    /**
     * Whether a reader may go on at this address.
     *
     * @throws TokenUnusableException if what is stored is of another organization, the address was left before, or there are two
     *     tokens of one organization
     * @throws TokenConflictException if the subscription is kept by the id in the meantime
     */
    void requireSame() throws TokenUnusableException {
        Optional<Checkpoint> there = at(byAddress);
        if (isByAddress()) {
            there.ifPresent(this::requireNoId);
            return;
        }
        Optional<Checkpoint> kept = at(key);
        if (kept.isPresent()) {
            requireOwn(kept.get());
        }
        if (there.isPresent()) {
            requireSame(there.get(), kept);
        }
    }

    private void requireOwn(Checkpoint kept) throws TokenUnusableException {
        requireOrganization(kept);
        Organization now = kept.organization();
        if (!now.id().equals(organization)) {
            throw refusal(
                    "The delta token of " + byAddress + ", organization " + organization
                            + ", was given up for a reload of the organization " + now.id() + " at " + now.address()
                            + ", which may have deleted its records at the sinks. Ask for a full reload with the producer operation"
                            + " resync. If both are to be read, give one of them a name of its own with the option subscription");
        }
    }

    /** It may tell another id at the next poll, above all if a reload was asked for while a reader is at work. */
    private TokenUnusableException refusal(String sentence) {
        outdated = true;
        if (settled) {
            throw new TokenConflictException("The delta token of " + byAddress
                    + " was given to another organization, so this one is asked once more who it is");
        }
        return new TokenUnusableException(sentence);
    }

    private void requireOrganization(Checkpoint stored) throws TokenUnusableException {
        if (!stored.organization().isKnown()) {
            throw new TokenUnusableException("The idempotentRepository, " + repository
                    + ", does not keep the organization of a checkpoint, so that a token cannot be told from one of another"
                    + " organization. Let it store what TokenCodec makes of a checkpoint");
        }
    }

    private void requireSame(Checkpoint there, Optional<Checkpoint> kept) throws TokenUnusableException {
        if (there.isMoved()) {
            requireOrganization(there);
        }
        Organization remembered = there.organization();
        if (remembered.isKnown() && !remembered.id().equals(organization)) {
            throw anotherOrganization(remembered.id());
        }
        if (kept.isPresent() && isAnotherToken(there, kept.get())) {
            throw twoTokens(kept.get().organization().address());
        }
        Optional<Organization> later =
                kept.map(Checkpoint::organization).filter(at -> there.isMoved() && isElsewhere(at));
        if (later.filter(at -> at.since() > remembered.since()).isPresent()) {
            throw addressThatWasLeft(later.get().address());
        }
    }

    /** One that is on its way to the id has been here no longer than that; of no other one the id is known, or was until now. */
    private static boolean isAnotherToken(Checkpoint there, Checkpoint kept) {
        return !there.isMoved()
                && (!there.organization().isKnown()
                        || there.organization().since() > kept.organization().since());
    }

    private boolean isElsewhere(Organization read) {
        return !read.address().equals(byAddress.origin());
    }

    private TokenUnusableException anotherOrganization(String before) {
        return refusal("At " + byAddress.origin() + " is the organization " + organization
                + " now, and the delta token of " + byAddress + " is of the organization " + before
                + ". If this is the right one, ask for a full reload with the producer operation resync: if known ids are kept,"
                + " it deletes at the sinks what this one does not have, unless the other one is read at another address by"
                + " now. If both are to be read, give one of them a name of its own with the option subscription");
    }

    private TokenUnusableException twoTokens(String address) {
        return new TokenUnusableException("Two delta tokens are stored for " + byAddress
                + ": one for this address, and one of the same organization, " + organization + ", which was read at "
                + address + ". Ask for a full reload with the producer operation resync, which makes them one, or"
                + " give the endpoint a name of its own with the option subscription");
    }

    private TokenUnusableException addressThatWasLeft(String address) {
        return new TokenUnusableException("The delta token of " + byAddress + " has been read at " + address
                + " since, as of the same organization, " + organization
                + ": two with one id cannot be told from each other, as a restored copy and its original. If this is the"
                + " right one, ask for a full reload with the producer operation resync; if both are to be read, give one"
                + " of them a name of its own with the option subscription");
    }

    /**
     * What the address has of this organization moves to the id, unless there is something already.
     *
     * @throws TokenUnusableException if the repository does not keep the id
     */
    void moveToTheId() throws TokenUnusableException {
        Optional<StoredToken> there =
                isByAddress() ? Optional.empty() : repository.load(byAddress).filter(this::isToMove);
        if (there.isPresent()) {
            StoredToken named = named(there.get());
            Checkpoint here = named.checkpoint();
            long kept = at(key).map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
            copyKnownIds(byAddress, kept, here.round());
            if (kept == RevisionCheck.NOTHING) {
                repository.advance(key, kept, here, named.delivered());
            }
            repository.advance(byAddress, here.revision(), Checkpoint.moved(here.revision() + 1, here.organization()));
            LOG.info("{}: kept by the id of its organization, {}, from now on", byAddress, organization);
        } else if (!isByAddress() && at(byAddress).isEmpty() && at(key).isEmpty()) {
            copyKnownIds(byAddress, RevisionCheck.NOTHING, newestRound(byAddress)); // of a token that is lost
        }
    }

    private long newestRound(SubscriptionId name) {
        return repository
                .knownIds(name)
                .filter(KnownIds::isKept)
                .map(known -> Math.max(1, known.tally(0).newestRound()))
                .orElse(1L);
    }

    private boolean isToMove(StoredToken there) {
        Checkpoint here = there.checkpoint();
        boolean another =
                here.organization().isKnown() && !here.organization().id().equals(organization);
        return !here.isMoved()
                && !another
                && at(key).filter(kept -> isAnotherToken(here, kept)).isEmpty();
    }

    private StoredToken named(StoredToken there) throws TokenUnusableException {
        Checkpoint here = there.checkpoint();
        if (here.organization().isKnown()) {
            return there;
        }
        Organization read = new Organization(organization, byAddress.origin(), laterThan(0));
        StoredToken named =
                repository.takeOver(byAddress, here.revision(), here.takenOver().with(read));
        requireOrganization(at(byAddress).orElse(here)); // before anything moves
        return named;
    }

    private long laterThan(long before) {
        return Math.max(clock.latest().toEpochMilli(), before + 1);
    }

    /** Comes before the move of the checkpoint: where no id is told, only an address that remembers it leads to the token. */
    private void remember() throws TokenUnusableException {
        Optional<Checkpoint> record = at(byAddress);
        Optional<Organization> read = at(key).map(Checkpoint::organization);
        long before = read.map(Organization::since).orElse(0L);
        since = before > 0 && !isElsewhere(read.orElseThrow())
                ? before
                : record.map(known -> known.organization().since())
                        .filter(known -> known > before)
                        .orElseGet(() -> laterThan(before));
        if (record.filter(known -> known.organization().since() == since).isEmpty()) {
            long revision = record.map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
            repository.advance(byAddress, revision, record(revision + 1));
            requireOrganization(at(byAddress).orElseThrow());
        }
        read.filter(this::isElsewhere)
                .ifPresent(elsewhere -> LOG.info(
                        "{}: the same organization as at {} before, so the reader goes on from there",
                        byAddress,
                        elsewhere.address()));
    }

    private Checkpoint record(long revision) {
        return Checkpoint.moved(revision, here());
    }

    private Organization here() {
        return new Organization(organization, byAddress.origin(), since);
    }

    /**
     * The same place at the address of the endpoint. Of the links only the address changes, and only that of the organization
     * itself.
     */
    Checkpoint atThisAddress(Checkpoint place) {
        if (isByAddress()) {
            return place;
        }
        Organization read = place.organization();
        return place.with(
                new Organization(organization, byAddress.origin(), Math.max(since, read.since())),
                atThisAddress(place.roundLink(), read),
                atThisAddress(place.pageLink(), read));
    }

    /** The origin as a link has it may be longer than its plain form, by its port or by letters of the other case. */
    private @Nullable String atThisAddress(@Nullable String link, Organization read) {
        if (link == null || !read.isKnown() || !isElsewhere(read)) {
            return link;
        }
        Matcher origin = ORIGIN.matcher(link);
        boolean ours = origin.lookingAt() && ServiceOrigin.of(origin.group()).equals(read.address());
        return ours ? byAddress.origin() + link.substring(origin.end()) : link;
    }

    /**
     * Before a reload that an operator asks for: the address is read from now on.
     *
     * @throws TokenUnusableException if the token was read elsewhere since, and the organization could not be asked who it is
     */
    void beginAnew() throws TokenUnusableException {
        Optional<String> elsewhere = readable(key)
                .map(Checkpoint::organization)
                .filter(read -> isElsewhere(read) && read.since() > sinceAt(byAddress))
                .map(Organization::address);
        if (!isByAddress() && !asked && elsewhere.isPresent()) {
            throw new TokenUnusableException("The delta token of " + byAddress + " has been read at " + elsewhere.get()
                    + " since, and the organization at this address cannot be asked now who it is. Ask again once it can"
                    + " be reached");
        }
        since = laterThan(Math.max(sinceAt(key), sinceAt(byAddress)));
    }

    /**
     * Before such a reload, too. What this address was read as until now, if that is another token and is not read elsewhere: its
     * reader is stopped, and its known ids are copied, so that the reload deletes what is gone.
     *
     * @param revision that is stored under {@link #key}
     * @return the latest round that was delivered of that, 0 if there is none
     */
    long carryOver(long revision) {
        Optional<SubscriptionId> other = isByAddress() ? Optional.empty() : otherOfThisAddress();
        if (other.isEmpty()) {
            return 0;
        }
        takeAway(other.get());
        long round = readable(other.get()).map(Checkpoint::round).orElseGet(() -> newestRound(other.get()));
        copyKnownIds(other.get(), revision, round);
        return round;
    }

    /** First of all: what a reader delivered behind the copy would be known to nobody. */
    private void takeAway(SubscriptionId name) {
        readable(name)
                .ifPresent(stored -> repository.advance(
                        name, stored.revision(), stored.takenOver().with(here())));
    }

    /** Whether the address remembers this organization, as it does behind such a reload. */
    boolean isRemembered() {
        return isByAddress()
                || readable(byAddress)
                        .filter(there ->
                                there.isMoved() && there.organization().id().equals(organization))
                        .isPresent();
    }

    private long sinceAt(SubscriptionId name) {
        return readable(name).map(stored -> stored.organization().since()).orElse(0L);
    }

    private Optional<Checkpoint> readable(SubscriptionId name) {
        try {
            return at(name);
        } catch (TokenUnreadableException e) {
            return Optional.empty();
        }
    }

    /** Where else something is kept that was read at this address last. */
    private Optional<SubscriptionId> otherOfThisAddress() {
        try {
            return at(byAddress).flatMap(this::otherThat);
        } catch (TokenUnreadableException e) {
            return Optional.of(byAddress);
        }
    }

    private Optional<SubscriptionId> otherThat(Checkpoint there) {
        if (!there.isMoved()) {
            return Optional.of(byAddress);
        }
        SubscriptionId name = byAddress.ofOrganization(there.organization().id());
        boolean left =
                readable(name).filter(kept -> isElsewhere(kept.organization())).isPresent();
        return name.equals(key) || left ? Optional.empty() : Optional.of(name);
    }

    /**
     * Copies known ids. Their rounds become two, so that it takes few writes: the given one, and the one before it for all that are
     * older.
     *
     * @param round at which the token stands of which they are
     */
    private void copyKnownIds(SubscriptionId from, long revision, long round) {
        Optional<KnownIds> there = repository.knownIds(from).filter(KnownIds::isKept);
        Optional<KnownIds> here = repository.knownIds(key);
        if (there.isPresent() && here.isPresent()) {
            boolean unused = here.get().begin();
            copy(there.get(), here.get(), revision, round);
        }
    }

    private static void copy(KnownIds from, KnownIds to, long revision, long round) {
        List<String> ids = from.olderThan(Long.MAX_VALUE, "", CHUNK);
        while (!ids.isEmpty()) {
            Map<Boolean, List<String>> older = from.rounds(ids).entrySet().stream()
                    .collect(Collectors.partitioningBy(
                            known -> known.getValue() < round,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
            expect(to, revision, Math.max(1, round - 1), older.getOrDefault(true, List.of()));
            expect(to, revision, round, older.getOrDefault(false, List.of()));
            ids = from.olderThan(Long.MAX_VALUE, ids.get(ids.size() - 1), CHUNK);
        }
    }

    private static void expect(KnownIds to, long revision, long round, List<String> ids) {
        if (!ids.isEmpty()) {
            to.expect(revision, round, ids);
        }
    }

    /** Comes behind that reload: the address remembers this organization, whatever it remembered. */
    void rememberAnew() {
        if (!isByAddress()) {
            long revision = readable(byAddress).map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
            repository.replace(byAddress, record(revision + 1));
        }
    }
}
