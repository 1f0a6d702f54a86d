package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Known ids of a file repository, which may be stopped and started while they are used. */
record FileKnownIds(OpenDirectory open, SubscriptionId subscription) implements KnownIds {

    @Override
    public boolean begin() {
        return open.ask(directory -> directory.known(subscription).begin());
    }

    @Override
    public boolean isKept() {
        return open.ask(directory -> directory.known(subscription).isKept());
    }

    @Override
    public void expect(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        open.tell(directory -> directory.known(subscription).expect(revision, round, ids));
    }

    @Override
    public void expectAnew(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        open.tell(directory -> directory.known(subscription).expectAnew(revision, round, ids));
    }

    @Override
    public void advance(
            long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
        open.tell(directory -> directory.known(subscription).advance(expectedRevision, next, gone, delivered));
    }

    @Override
    public boolean forget(long revision, String id, long round) {
        return open.ask(directory -> directory.known(subscription).forget(revision, id, round));
    }

    @Override
    public List<String> olderThan(long round, String after, int most) {
        return open.ask(directory -> directory.known(subscription).olderThan(round, after, most));
    }

    @Override
    public Map<String, Long> rounds(Collection<String> ids) {
        return open.ask(directory -> directory.known(subscription).rounds(ids));
    }

    @Override
    public Tally tally(long round) {
        return open.ask(directory -> directory.known(subscription).tally(round));
    }
}
