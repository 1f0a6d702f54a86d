package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The two files of one subscription: the checkpoint, which is replaced whole, and beside it the journal of what is
 * delivered of the current page. A line of the journal counts only for the revision it was written at. Safe for several
 * threads.
 */
final class TokenFile implements Closeable {

    private final Disk disk;
    private final DirectoryLock directory;
    private final SubscriptionId subscription;
    private final Path file;
    private final FileFailures failures;
    private final Journal journal;
    private long revisionInHand;
    private Ahead ahead = Ahead.PERHAPS;

    /** Whether the journal may hold lines of a revision that the checkpoint has not reached. */
    private enum Ahead {
        PERHAPS,
        NONE
    }

    TokenFile(Disk disk, DirectoryLock directory, SubscriptionId subscription) {
        String key = SubscriptionKey.of(subscription);
        this.disk = disk;
        this.directory = directory;
        this.subscription = subscription;
        this.file = directory.resolve(key + ".token");
        this.failures = new FileFailures(
                "the token of " + subscription + " in file " + file,
                e -> TokenUnreadableException.of(subscription, place(), e.reason(), e));
        this.journal = new Journal(disk, directory.resolve(key + ".delivered"), key);
    }

    synchronized Optional<StoredToken> load() {
        return failures.translated("read", () -> {
            Optional<Checkpoint> checkpoint = checkpoint();
            revisionInHand = revision(checkpoint);
            return checkpoint.isEmpty() ? Optional.empty() : Optional.of(token(checkpoint.get()));
        });
    }

    synchronized void delivered(long revision, List<DeliveredChange> deliveries) {
        failures.translated("note what was delivered in", () -> {
            long stored = revisionInHand();
            if (stored == RevisionCheck.NOTHING) {
                throw RevisionCheck.nothingStored(subscription);
            }
            RevisionCheck.check(subscription, revision, stored);
            journal.append(deliveries.stream()
                    .map(delivery -> new Line(revision, delivery).text())
                    .toList());
            return true;
        });
    }

    private long revisionInHand() throws IOException {
        if (revisionInHand == RevisionCheck.NOTHING) {
            revisionInHand = revision(checkpoint());
        }
        return revisionInHand;
    }

    /** Keeps the checkpoint where it is until the write is done, or refuses it. */
    synchronized <T> T at(long revision, Supplier<T> write) {
        long stored = failures.translated("read", this::revisionInHand);
        RevisionCheck.check(subscription, revision, stored);
        return write.get();
    }

    /**
     * The order matters. The journal is forced first: should the disk refuse the checkpoint and then the power fail, the
     * page is not delivered twice. Then the notes that are carried are put behind those that are there, which count until
     * the checkpoint moves; these count from then on. Then it moves, in one step. Only then the journal is emptied: emptied
     * before, a crash between the two would repeat the page; left full by a crash after, its lines are of an older
     * revision and count no more.
     *
     * @param carried notes of the page behind the new checkpoint
     * @param before what else is to be lasting before the checkpoint moves, and not to happen if it does not move
     */
    synchronized void advance(long expectedRevision, Checkpoint next, List<DeliveredChange> carried, Before before) {
        failures.translated("write", () -> {
            long stored = revision(checkpoint());
            RevisionCheck.check(subscription, expectedRevision, stored, next);
            if (stored == RevisionCheck.NOTHING) {
                empty(); // left behind by a token that was removed by hand; its revisions would come again
            }
            journal.force();
            before.move();
            carry(stored, next.revision(), carried);
            move(next);
            ahead = Ahead.NONE;
            if (carried.isEmpty()) {
                empty();
            }
            return true;
        });
    }

    synchronized StoredToken takeOver(long expectedRevision, Checkpoint next) {
        Map<String, String> noted = load().map(StoredToken::delivered).orElse(Map.of());
        advance(expectedRevision, next, DeliveredChange.all(noted), () -> {});
        return new StoredToken(next, noted);
    }

    /** What an attempt left that put its notes there, and then did not move the checkpoint, must not count with another. */
    private void carry(long stored, long revision, List<DeliveredChange> carried) throws IOException {
        if (carried.isEmpty() && ahead == Ahead.NONE) {
            return;
        }
        List<Line> lines = new ArrayList<>(lines());
        lines.removeIf(line -> line.revision != stored);
        carried.forEach(delivery -> lines.add(new Line(revision, delivery)));
        ahead = Ahead.PERHAPS;
        journal.rewrite(lines.stream().map(Line::text).toList());
    }

    private void empty() throws IOException {
        journal.empty();
        ahead = Ahead.NONE;
    }

    /** Something to be done before the checkpoint moves. */
    interface Before {
        void move() throws IOException;
    }

    /** Here the journal is emptied first: the new checkpoint may have the revision that its lines were written at. */
    synchronized void replace(Checkpoint next) {
        failures.translated("replace", () -> {
            empty();
            journal.force();
            move(next);
            return true;
        });
    }

    private void move(Checkpoint next) throws IOException {
        revisionInHand = RevisionCheck.NOTHING; // unknown, should the disk fail half-way
        disk.replace(file, TokenCodec.encode(subscription, next).getBytes(StandardCharsets.US_ASCII));
        revisionInHand = next.revision();
    }

    private Optional<Checkpoint> checkpoint() throws IOException {
        Optional<byte[]> content = disk.read(file);
        if (content.isEmpty()) {
            directory.requireStillThere();
            return Optional.empty();
        }
        String text = new String(content.get(), StandardCharsets.ISO_8859_1);
        return Optional.of(TokenCodec.decode(subscription, text, place()));
    }

    private StoredToken token(Checkpoint checkpoint) throws IOException {
        Map<String, String> delivered = new HashMap<>();
        ahead = Ahead.NONE;
        for (Line line : lines()) {
            if (line.revision == checkpoint.revision()) {
                delivered.put(line.delivery.recordId(), line.delivery.what());
            } else if (line.revision > checkpoint.revision()) {
                ahead = Ahead.PERHAPS;
            }
        }
        return new StoredToken(checkpoint, delivered);
    }

    private List<Line> lines() throws IOException {
        return journal.read().stream().map(Line::of).toList();
    }

    private static long revision(Optional<Checkpoint> checkpoint) {
        return checkpoint.map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
    }

    private String place() {
        return "file " + file;
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }

    /** A line of the journal. */
    private record Line(long revision, DeliveredChange delivery) {

        private static final String SEPARATOR = "\t";

        static Line of(String text) {
            String[] parts = text.split(SEPARATOR, -1);
            return new Line(Long.parseLong(parts[0]), new DeliveredChange(parts[1], parts[2]));
        }

        String text() {
            return revision + SEPARATOR + delivery.recordId() + SEPARATOR + delivery.what();
        }
    }
}
