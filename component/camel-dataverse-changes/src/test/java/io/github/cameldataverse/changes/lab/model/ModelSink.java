package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a sink got from the readers of a model walk, and what must be true of it: with guards, and without. */
final class ModelSink {

    private final SimulatedTable source;
    private final GuardedSink guarded = new GuardedSink();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Integer> deletes = new HashMap<>();
    private final Map<String, Long> made = new HashMap<>();
    private final Set<String> again = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> deletesOfLostTokens = new HashSet<>();
    private final Set<String> reloads = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private long newestRound;
    private int ofTheRound;
    private boolean overlapped;
    private int repeated;
    private int allowed;

    ModelSink(SimulatedTable source) {
        this.source = source;
    }

    /** One effect takes place. */
    void take(Exchange exchange) {
        Message message = exchange.getMessage();
        guarded.take(exchange);
        String type = message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        String key = message.getHeader(DataverseChangesConstants.KEY, String.class);
        keys.add(key);
        if (type.equals("resyncStarted") && reloads.add(key)) {
            seen.clear();
        }
        long round = message.getHeader(DataverseChangesConstants.ROUND, Long.class);
        if (round < newestRound && !overlapped) {
            wrong.add("the round falls to " + round + " with " + key);
        }
        ofTheRound = round > newestRound ? 1 : ofTheRound + 1;
        newestRound = Math.max(newestRound, round);
        repeated += seen.add(key) || type.equals("delete") && isOneOfSeveral(message, key) ? 0 : 1;
        if (type.equals("delete") && deletesOfLostTokens.contains(key)) {
            wrong.add("the key of a delete comes again behind a lost token: " + key);
        }
        apply(type, message);
    }

    /** An unfriendly service lists every tombstone of a record, and all of one round have one key. */
    private boolean isOneOfSeveral(Message message, String key) {
        String id = message.getHeader(DataverseChangesConstants.ID, String.class);
        return keys.stream().filter(key::equals).count() <= deletes.getOrDefault(id, 0);
    }

    /** The source has deleted a record. */
    void deleted(String id) {
        deletes.merge(id, 1, Integer::sum);
    }

    private void apply(String type, Message message) {
        String id = message.getHeader(DataverseChangesConstants.ID, String.class);
        switch (type) {
            case "upsert" -> upsert(id, message.getHeader(DataverseChangesConstants.VERSION, Long.class));
            case "delete" -> delete(id, message.getHeader(DataverseChangesConstants.REASON, String.class));
            case "resyncStarted" -> again.clear();
            default -> made.keySet().retainAll(again);
        }
    }

    private void upsert(String id, long version) {
        if (version < versions.getOrDefault(id, 0L) && !overlapped) {
            wrong.add("version of " + id + " falls to " + version);
        }
        versions.put(id, version);
        made.put(id, version);
        again.add(id);
    }

    private void delete(String id, String reason) {
        if ("missing".equals(reason) && source.contains(id)) {
            wrong.add("a delete is derived of " + id + ", which lives");
        }
        made.remove(id);
    }

    /** Something happened that may make so many effects take place once more. */
    void allow(int more) {
        allowed += more;
    }

    /** The round begins again: what came of it comes once more, of the page in hand too. */
    void allowTheRoundOnceMore() {
        allow(ofTheRound);
        ofTheRound = 0;
    }

    /** From now on a reader may deliver what it was served before the other one went on: only guards keep the order then. */
    void overlap() {
        overlapped = true;
    }

    /** Everything comes once more, under rounds that were never there before. */
    void loseTheToken() {
        seen.stream().filter(key -> key.contains("!")).forEach(deletesOfLostTokens::add);
        seen.clear();
    }

    /** How many reloads have begun. */
    int reloads() {
        return reloads.size();
    }

    void assertBounded() {
        assertThat(wrong).as("wrong in %s", keys).isEmpty();
        assertThat(repeated).as("repeated in %s", keys).isLessThanOrEqualTo(allowed);
    }

    /** To be asked when nothing more comes. */
    void assertIsTheSource() {
        Map<String, Long> there = GuardedSink.versionsOf(source);
        assertThat(guarded.versions()).as("the guarded sink after %s", keys).isEqualTo(there);
        if (!overlapped) {
            assertThat(made).as("the sink after %s", keys).isEqualTo(there);
        }
    }
}
