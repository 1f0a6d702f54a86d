package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.FullLoadGate;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.DeliveryListener;
import io.github.cameldataverse.changes.internal.delivery.Existence;
import io.github.cameldataverse.changes.internal.delivery.ExistenceAnswers;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.exchange.PageExchanges;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.KnownIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Delivers, behind the last row of a full load, a delete for every known record that the load did not bring and that the
 * source has no more. The tombstones of that time are gone for good, so nothing else tells; and a record that was edited while
 * the load ran lives, but comes with the first round of changes. Each one is taken out of the known records once its delete is
 * accepted: whatever interrupts, the next poll goes on with those that are left. For one thread at a time.
 */
final class MissingRecords {

    /** As many as are asked for in one request, so that no answer is older than the deletes of as many. */
    private static final int CHUNK = 100;

    private final CheckpointKeeper checkpoints;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final PageExchanges exchanges;
    private final PageDelivery delivery;
    private final Existence<ServiceFault> existence;
    private Living living = new Living(0, 0);

    MissingRecords(
            CheckpointKeeper checkpoints,
            KnownRecords known,
            FullLoadGate gate,
            PageExchanges exchanges,
            PageDelivery delivery,
            Existence<ServiceFault> existence) {
        this.checkpoints = checkpoints;
        this.known = known;
        this.gate = gate;
        this.exchanges = exchanges;
        this.delivery = delivery;
        this.existence = existence;
    }

    /**
     * Whether the page is the last one of a full load that tells what is gone. A first load too: if it was given up behind
     * its first page and then begun anew, a record of that page may be gone.
     */
    boolean follow(Checkpoint here, Page page) {
        return here.isFullLoad() && page.next() instanceof Page.RoundEnd && known.tellWhatIsGone();
    }

    /**
     * Delivers the deletes.
     *
     * @param answers of the page, which is the last one of the load
     * @throws FullLoadRefusedException if the guard objects to the deletes
     * @throws ServiceFault if the source does not tell of a record whether it lives; nothing is delivered of that one
     */
    PageDelivery.Delivered deliver(Checkpoint here, Page page, DeliveryListener listener, ExistenceAnswers answers)
            throws ServiceFault, NotAcceptedException {
        KnownIds.Tally tally = settled(here, answers);
        if (tally.older() > 0) {
            long rows = here.rows() + page.changes().size();
            gate.requireDeletes(here, rows, tally.ids(), tally.older());
            LOG.info(
                    "The full load brought {} rows; {} of {} known records are missing, and a delete is derived for each that"
                            + " the source has no more",
                    rows,
                    tally.older(),
                    tally.ids());
        }
        PageDelivery.Delivered delivered = deliver(here, listener, answers);
        if (delivered.whole()) {
            tellOfTheLiving(here);
        }
        return delivered;
    }

    /**
     * A load under which much was edited misses much that lives. Where that is more than may be deleted, it is asked for until
     * more are gone than may be: only then is there something to wait for.
     */
    private KnownIds.Tally settled(Checkpoint here, ExistenceAnswers answers) throws ServiceFault {
        KnownIds.Tally tally = known.tally(here.round());
        long most = gate.mostDeletes(tally.ids());
        if (tally.older() <= most) {
            return tally;
        }
        int gone = 0;
        List<String> chunk = after(here, "");
        while (!chunk.isEmpty() && gone <= most) {
            gone += gone(here, chunk, answers).size();
            chunk = after(here, chunk.get(chunk.size() - 1));
        }
        return known.tally(here.round());
    }

    private PageDelivery.Delivered deliver(Checkpoint here, DeliveryListener listener, ExistenceAnswers answers)
            throws ServiceFault, NotAcceptedException {
        int sent = 0;
        List<String> chunk = after(here, "");
        while (!chunk.isEmpty()) {
            List<String> gone = gone(here, chunk, answers);
            PageDelivery.Delivered delivered = delivery.deliver(exchanges.missing(here, gone), listener);
            sent += delivered.sent();
            if (!delivered.whole()) {
                return new PageDelivery.Delivered(sent, false);
            }
            chunk = after(here, chunk.get(chunk.size() - 1));
        }
        return new PageDelivery.Delivered(sent, true);
    }

    /** Those of a chunk that the source has no more. The others are not missing any longer. */
    private List<String> gone(Checkpoint here, List<String> chunk, ExistenceAnswers answers) throws ServiceFault {
        Set<String> alive = answers.living(chunk, existence);
        known.live(here, alive);
        living = living.and(here.round(), alive.size());
        List<String> gone = new ArrayList<>(chunk);
        gone.removeAll(alive);
        return gone;
    }

    /** A reader that slept must not go on deleting what another one has brought since. */
    private List<String> after(Checkpoint here, String id) {
        checkpoints.requireStill(here);
        return known.olderThan(here.round(), id, CHUNK);
    }

    /**
     * Missing records that live, counted from one poll to the next.
     *
     * @param round of the load that did not bring them
     */
    private record Living(long round, int records) {

        Living and(long of, int more) {
            return new Living(of, of == round ? records + more : more);
        }
    }

    private void tellOfTheLiving(Checkpoint here) {
        if (living.round() == here.round() && living.records() > 0) {
            LOG.info(
                    "{} of the missing records live at the source: they were changed while the full load ran, and come with"
                            + " the changes since its begin",
                    living.records());
            living = new Living(0, 0);
        }
    }
}
