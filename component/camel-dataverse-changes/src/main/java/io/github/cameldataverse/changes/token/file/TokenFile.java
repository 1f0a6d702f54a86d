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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    synchronized void delivered(long revision, DeliveredChange delivery) {
        failures.translated("note what was delivered in", () -> {
            if (revisionInHand == RevisionCheck.NOTHING) {
                revisionInHand = revision(checkpoint());
            }
            if (revisionInHand == RevisionCheck.NOTHING) {
                throw RevisionCheck.nothingStored(subscription);
            }
            RevisionCheck.check(subscription, revision, revisionInHand);
            journal.append(revision + "\t" + delivery.recordId() + "\t" + delivery.what());
            return true;
        });
    }

    /**
     * The order matters. The journal is forced first: should the disk refuse the checkpoint and then the power fail, the
     * page is not delivered twice. Then the checkpoint moves, in one step. Only then the journal is emptied: emptied
     * before, a crash between the two would repeat the page; left full by a crash after, its lines are of an older
     * revision and count no more.
     */
    synchronized void advance(long expectedRevision, Checkpoint next) {
        advance(expectedRevision, next, () -> {});
    }

    /** @param before what else is to be lasting before the checkpoint moves, and not to happen if it does not move */
    synchronized void advance(long expectedRevision, Checkpoint next, Before before) {
        failures.translated("write", () -> {
            long stored = revision(checkpoint());
            RevisionCheck.check(subscription, expectedRevision, stored, next);
            if (stored == RevisionCheck.NOTHING) {
                journal.empty(); // left behind by a token that was removed by hand; its revisions would come again
            }
            journal.force();
            before.move();
            move(next);
            journal.empty();
            return true;
        });
    }

    /** Something to be done before the checkpoint moves. */
    interface Before {
        void move() throws IOException;
    }

    /** Here the journal is emptied first: the new checkpoint may have the revision that its lines were written at. */
    synchronized void replace(Checkpoint next) {
        failures.translated("replace", () -> {
            journal.empty();
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
        for (String line : journal.read()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals(Long.toString(checkpoint.revision()))) {
                delivered.put(parts[1], parts[2]);
            }
        }
        return new StoredToken(checkpoint, delivered);
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
}
