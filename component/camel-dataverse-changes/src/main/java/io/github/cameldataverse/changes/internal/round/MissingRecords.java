package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.FullLoadGate;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.DeliveryListener;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.exchange.PageExchanges;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.KnownIds;
import java.util.List;

/**
 * Delivers, behind the last row of a full load, a delete for every known record that the load did not bring. The tombstones
 * of that time are gone for good, so nothing else tells. Each one is taken out of the known records once it is accepted:
 * whatever interrupts, the next poll goes on with those that are left.
 */
final class MissingRecords {

    /** A million deletes are never in memory together. */
    private static final int CHUNK = 1000;

    private final CheckpointKeeper checkpoints;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final PageExchanges exchanges;
    private final PageDelivery delivery;

    MissingRecords(
            CheckpointKeeper checkpoints,
            KnownRecords known,
            FullLoadGate gate,
            PageExchanges exchanges,
            PageDelivery delivery) {
        this.checkpoints = checkpoints;
        this.known = known;
        this.gate = gate;
        this.exchanges = exchanges;
        this.delivery = delivery;
    }

    /**
     * Whether the page is the last one of a full load that tells what is gone. A first load too: if it was given up behind
     * its first page and then begun anew, a record of that page may be gone.
     */
    boolean follow(Checkpoint here, Page page) {
        return here.isFullLoad() && page.next() instanceof Page.RoundEnd && known.tellWhatIsGone();
    }

    /** @throws FullLoadRefusedException if the guard objects to the deletes */
    PageDelivery.Delivered deliver(Checkpoint here, Page page, DeliveryListener listener) throws NotAcceptedException {
        KnownIds.Tally tally = known.tally(here.round());
        if (tally.older() > 0) {
            long rows = here.rows() + page.changes().size();
            gate.requireDeletes(rows, tally.ids(), tally.older());
            LOG.info(
                    "The full load brought {} rows; {} of {} known records are missing, and a delete is derived for each",
                    rows,
                    tally.older(),
                    tally.ids());
        }
        return deliver(here, listener);
    }

    private PageDelivery.Delivered deliver(Checkpoint here, DeliveryListener listener) throws NotAcceptedException {
        int sent = 0;
        List<String> chunk = after(here, "");
        while (!chunk.isEmpty()) {
            PageDelivery.Delivered delivered = delivery.deliver(exchanges.missing(here, chunk), listener);
            sent += delivered.sent();
            if (!delivered.whole()) {
                return new PageDelivery.Delivered(sent, false);
            }
            chunk = after(here, chunk.get(chunk.size() - 1));
        }
        return new PageDelivery.Delivered(sent, true);
    }

    /** A reader that slept must not go on deleting what another one has brought since. */
    private List<String> after(Checkpoint here, String id) {
        checkpoints.requireStill(here);
        return known.olderThan(here.round(), id, CHUNK);
    }
}
