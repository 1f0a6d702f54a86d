package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A reader that walks a few pages of a few changes, goes on where the stored token stands, and remembers what it was told
 * is stored.
 */
public final class CheckpointWalk {

    private static final int CHANGES = 2;

    private final long pages;
    private long revision;
    private int delivered;

    public CheckpointWalk(long pages) {
        this.pages = pages;
    }

    /** @param told the text of a walk that another process reported */
    CheckpointWalk(long pages, String told) {
        this.pages = pages;
        String[] parts = told.split(" ");
        revision = Long.parseLong(parts[0]);
        delivered = Integer.parseInt(parts[1]);
    }

    /** Walks to the end, reporting each step after it was confirmed. */
    public void on(DeltaTokenRepository repository, Runnable report) {
        goTo(repository.load(ACCOUNTS));
        report.run();
        while (revision < pages) {
            while (revision > 0 && delivered < CHANGES) {
                repository.delivered(ACCOUNTS, revision, "id-" + delivered, "W/\"" + revision + "\"");
                delivered++;
                report.run();
            }
            repository.advance(
                    ACCOUNTS, revision, SampleCheckpoints.revision(revision + 1), notes(revision + 1, carried()));
            delivered = carried();
            revision++;
            report.run();
        }
    }

    /** Of every second page one change was delivered with the page before. */
    private int carried() {
        return (int) (revision % 2);
    }

    private void goTo(Optional<StoredToken> stored) {
        revision = stored.map(token -> token.checkpoint().revision()).orElse(0L);
        delivered = stored.map(token -> token.delivered().size()).orElse(0);
    }

    /** What this walk was told is stored, or exactly one step more: nothing lost, nothing torn, nothing else. */
    public void assertStored(Optional<StoredToken> stored) {
        CheckpointWalk found = new CheckpointWalk(pages);
        found.goTo(stored);
        assertThat(found.toString())
                .isIn(toString(), revision + " " + (delivered + 1), (revision + 1) + " " + carried());
        assertThat(stored).isEqualTo(found.expected());
    }

    private Optional<StoredToken> expected() {
        if (revision == 0) {
            return Optional.empty();
        }
        return Optional.of(new StoredToken(SampleCheckpoints.revision(revision), notes(revision, delivered)));
    }

    private static Map<String, String> notes(long revision, int count) {
        Map<String, String> notes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            notes.put("id-" + i, "W/\"" + revision + "\"");
        }
        return notes;
    }

    boolean hasBegun() {
        return revision > 0;
    }

    public boolean isAtEnd() {
        return revision == pages;
    }

    @Override
    public String toString() {
        return revision + " " + delivered;
    }
}
