package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.OnNarrowedLink;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.List;

/**
 * Columns that the service leaves out of its own links, though they were asked for. A link is opaque, so it is followed; but what
 * it drops is kept current no more, and that must not go unseen. For one thread at a time.
 */
final class DroppedColumns {

    private final Subscription subscription;
    private final ChangeSource source;
    private List<String> told = List.of();
    private long load;

    DroppedColumns(Subscription subscription, ChangeSource source) {
        this.subscription = subscription;
        this.source = source;
    }

    /**
     * Looks at the link of a checkpoint, before anything comes of it, and tells of what it drops once.
     *
     * @throws ServiceFault.Permanent with {@code onNarrowedLink=fail}
     */
    void look(Checkpoint checkpoint) throws ServiceFault.Permanent {
        List<String> dropped = source.droppedColumns(checkpoint);
        if (!dropped.isEmpty() && subscription.onNarrowedLink() == OnNarrowedLink.FAIL) {
            throw new ServiceFault.Permanent(
                    "The service sent a link without the columns " + dropped
                            + " of the option select, and onNarrowedLink=fail: nothing behind it is asked for. Ask for a full reload"
                            + " with the producer operation resync, take the columns out of select, or set onNarrowedLink=follow",
                    0);
        }
        if (checkpoint.beginsFullLoad() && checkpoint.round() != load) {
            load = checkpoint.round();
            told = List.of(); // all of them are asked for anew
        }
        if (!dropped.isEmpty() && !dropped.equals(told)) {
            told = dropped;
            LOG.warn(
                    "{}: the service sent a link without the columns {} of the option select. It is followed; changes bring these"
                            + " columns no more, and new records come without them, until the table is read again (producer"
                            + " operation resync)",
                    subscription,
                    dropped);
        }
    }
}
