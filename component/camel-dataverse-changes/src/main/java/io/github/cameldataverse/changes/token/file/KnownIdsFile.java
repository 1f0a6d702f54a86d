package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.file.KnownIdsEntry.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Known ids in a journal beside the token. It is read into memory only when a full load asks what is gone, for a moment when
 * it is rewritten because most of it was overtaken, and for good if each page asks for the rounds of its ids. Safe for
 * several threads.
 *
 * <p>The order of steps: ids are forced to the disk before the route is offered their records, so none can be missing
 * whatever is lost of the rest. They are taken out only after their deletes were accepted, in a page before its
 * checkpoint moves: should the move fail, the page comes again and finds its deletes noted in the journal of the page,
 * which was forced before. What a power cut loses of the ids taken out is an id too many, and a delete too many.
 */
final class KnownIdsFile implements KnownIds, Closeable {

    private static final long SLACK = 4 << 20;

    private final TokenFile token;
    private final FileFailures failures;
    private final KnownIdsJournal journal;
    /** What the journal holds; null if it is not in memory. */
    private @Nullable KnownIdsTable table;

    private Use use = Use.NOW_AND_THEN;

    /** Who asks for what is in memory. */
    private enum Use {
        /** A full load. */
        NOW_AND_THEN,
        /** Each page: without what is in memory, each would read the whole journal. */
        BY_EACH_PAGE
    }

    KnownIdsFile(Disk disk, DirectoryLock directory, SubscriptionId subscription, TokenFile token) {
        String key = SubscriptionKey.of(subscription);
        Path file = directory.resolve(key + ".known");
        this.token = token;
        this.failures = failures(subscription, file);
        this.journal = new KnownIdsJournal(disk, file, key);
    }

    private static FileFailures failures(SubscriptionId subscription, Path file) {
        return new FileFailures(
                "the known ids of " + subscription + " in file " + file,
                e -> new TokenStoreException(
                        "The file of known ids " + file + " of " + subscription + " " + e.reason()
                                + ". It is left as it is; restore it from a backup, or remove it: what is known now would"
                                + " then be missed at the next full load.",
                        e));
    }

    @Override
    public synchronized boolean begin() {
        return failures.translated("begin", () -> {
            boolean begins = journal.isMissing();
            if (begins) {
                journal.rewrite(0, list -> {});
            }
            return begins;
        });
    }

    @Override
    public synchronized boolean isKept() {
        return failures.translated("look for", () -> !journal.isMissing());
    }

    @Override
    public synchronized void expect(long revision, long round, Collection<String> ids) {
        boolean unused = writing(revision, () -> {
            append(out -> write(out, Kind.EXPECTED, round, ids));
            if (table == null) {
                tidy();
            } else {
                // Whoever goes through what is older goes on in the same order, which a rewritten file may not have.
                table.apply(Kind.EXPECTED, round, ids);
            }
            return true;
        });
    }

    @Override
    public synchronized void expectAnew(long revision, long round, Collection<String> ids) {
        boolean unused = writing(revision, () -> {
            table = null;
            append(out -> {
                out.write(KnownIdsEntry.ANEW, round);
                write(out, Kind.EXPECTED, round, ids);
            });
            tidy();
            return true;
        });
    }

    private void append(KnownIdsJournal.Entries entries) throws IOException {
        try {
            journal.append(entries);
            journal.force();
        } catch (IOException | RuntimeException e) {
            table = null; // what is on the disk now is not known
            throw e;
        }
    }

    /** Another reader of the same process may have moved the checkpoint, and must not until this is written. */
    private <T> T writing(long revision, FileFailures.Work<T> write) {
        return token.at(revision, () -> failures.translated("write", write));
    }

    private static void write(KnownIdsEntry.Writer out, Kind kind, long round, Collection<String> ids)
            throws IOException {
        out.write(KnownIdsEntry.ROUND, round);
        for (String id : ids) {
            out.write(kind, round, id);
        }
    }

    private void tidy() throws IOException {
        if (isOvertaken()) {
            KnownIdsTable bare = read();
            journal.rewrite(bare.newestRound(), bare::writeTo);
        }
    }

    private boolean isOvertaken() {
        KnownIdsJournal.Extent extent = journal.extent();
        return extent.length() > 2 * extent.base() + SLACK;
    }

    @Override
    public synchronized void advance(
            long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
        token.advance(expectedRevision, next, DeliveredChange.all(delivered), () -> {
            if (gone.isEmpty()) {
                journal.force();
            } else {
                append(out -> write(out, Kind.GONE, next.round(), gone));
            }
            afterAPage(next.round(), gone);
        });
    }

    private void afterAPage(long round, Collection<String> gone) throws IOException {
        if (table == null || use == Use.NOW_AND_THEN) {
            table = null;
            return;
        }
        use = Use.NOW_AND_THEN; // until the next page asks
        if (!gone.isEmpty()) {
            table.apply(Kind.GONE, round, gone);
        }
        if (isOvertaken()) {
            journal.rewrite(table.newestRound(), table::writeTo);
        }
    }

    @Override
    public synchronized boolean forget(long revision, String id, long round) {
        return writing(revision, () -> {
            boolean older = table().roundOf(id).filter(known -> known < round).isPresent();
            if (older) {
                // The disk comes first: what it refuses is tried again, and must be found again then.
                journal.append(out -> out.write(Kind.FORGOTTEN, round, id));
                table().apply(Kind.FORGOTTEN, round, id);
            }
            return older;
        });
    }

    @Override
    public synchronized List<String> olderThan(long round, String after, int most) {
        return failures.translated("read", () -> {
            journal.force();
            return table().olderThan(round, after, most);
        });
    }

    /** Reads the journal to its end, unless it is in memory; there it stays as long as each page asks. */
    @Override
    public synchronized Map<String, Long> rounds(Collection<String> ids) {
        return failures.translated("read", () -> {
            use = Use.BY_EACH_PAGE;
            Map<String, Long> rounds = new HashMap<>();
            KnownIdsTable all = ids.isEmpty() ? new KnownIdsTable() : table();
            ids.forEach(id -> all.roundOf(id).ifPresent(round -> rounds.put(id, round)));
            return rounds;
        });
    }

    @Override
    public synchronized Tally tally(long round) {
        return failures.translated("count", () -> {
            KnownIdsTable all = table();
            return new Tally(all.count(known -> true), all.count(known -> known < round), all.newestRound());
        });
    }

    private KnownIdsTable table() throws IOException {
        if (table == null) {
            table = read();
        }
        return table;
    }

    private KnownIdsTable read() throws IOException {
        KnownIdsTable read = new KnownIdsTable();
        KnownIdsJournal.Extent unused = journal.read(Optional.of(read));
        return read;
    }

    @Override
    public synchronized void close() throws IOException {
        table = null;
        journal.close();
    }
}
