package io.github.cameldataverse.changes.internal.status;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells in a few INFO lines where the subscription stands: at the start, now and then in a long load, and at the end. */
public final class RoundLog {

    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final String name;
    private final Clock clock;
    private boolean started;
    private Instant roundBegan = Instant.MIN;
    private Instant lastLine = Instant.MIN;
    private long rowsAtBegin;
    private int sent;

    public RoundLog(Subscription subscription, Clock clock) {
        this.name = subscription.toString();
        this.clock = clock;
    }

    /**
     * A poll begins at this checkpoint.
     *
     * @param there what time it is at the service
     */
    public void begins(Checkpoint checkpoint, Instant there) {
        roundBegan = clock.instant();
        lastLine = roundBegan;
        rowsAtBegin = checkpoint.rows();
        sent = 0;
        if (!started) {
            started = true;
            LOG.info("{}: {}", name, startLine(checkpoint, there));
        }
    }

    /** A page is delivered and the checkpoint behind it is stored. */
    public void page(Checkpoint before, int pageSent, Page page) {
        sent += pageSent;
        LOG.debug(
                "{}: page {} of round {} delivered, {} exchanges", name, before.pages() + 1, before.round(), pageSent);
        if (page.next() instanceof Page.MorePages) {
            progress(before, page.changes().size());
        } else if (sent > 0 || before.phase() != Phase.DELTA) {
            LOG.info("{}: round {} ({}) complete, {} exchanges", name, before.round(), word(before), sent);
        }
    }

    private void progress(Checkpoint before, int rowsOfPage) {
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(PROGRESS) < 0) {
            return;
        }
        lastLine = now;
        long rows = before.rows() + rowsOfPage;
        long millis = Math.max(1, Duration.between(roundBegan, now).toMillis());
        LOG.info(
                "{}: round {} ({}) at {} pages, {} rows, {} rows/s",
                name,
                before.round(),
                word(before),
                before.pages() + 1,
                rows,
                (rows - rowsAtBegin) * 1000 / millis);
    }

    private static String startLine(Checkpoint checkpoint, Instant there) {
        if (checkpoint.roundLink() == null && checkpoint.atRoundStart()) {
            return "beginning round " + checkpoint.round() + ", a full load (" + word(checkpoint) + ")";
        }
        return "resuming round " + checkpoint.round() + " (" + word(checkpoint) + ") at page "
                + (checkpoint.pages() + 1) + ", link obtained " + age(Duration.between(checkpoint.obtained(), there))
                + " ago";
    }

    private static String age(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        return age.toMinutes() >= 120
                ? age.toHours() + " h"
                : age.toSeconds() >= 120 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    private static String word(Checkpoint checkpoint) {
        return switch (checkpoint.phase()) {
            case INITIAL -> "initial load";
            case SKIP -> "initial load, not delivered";
            case DELTA -> "changes";
            case RESYNC -> "resync";
            case MOVED -> throw new IllegalArgumentException("No round begins at " + checkpoint);
        };
    }
}
