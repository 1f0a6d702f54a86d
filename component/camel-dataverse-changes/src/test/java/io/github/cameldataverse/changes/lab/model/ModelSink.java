package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;

/** What a sink got from the readers of a model walk, and what must be true of it. */
final class ModelSink {

    private final List<String> keys = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> made = new HashMap<>();
    private final Set<String> again = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> reloads = new HashSet<>();
    private int repeated;
    private int allowed;

    /** One effect takes place. */
    void take(Message message) {
        String type = message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        String key = message.getHeader(DataverseChangesConstants.KEY, String.class);
        keys.add(key);
        if (type.equals("resyncStarted") && reloads.add(key)) {
            seen.clear();
        }
        repeated += seen.add(key) ? 0 : 1;
        apply(type, message);
    }

    private void apply(String type, Message message) {
        String id = message.getHeader(DataverseChangesConstants.ID, String.class);
        switch (type) {
            case "upsert" -> upsert(id, message.getHeader(DataverseChangesConstants.VERSION, Long.class));
            case "delete" -> made.remove(id);
            case "resyncStarted" -> again.clear();
            default -> made.keySet().retainAll(again);
        }
    }

    private void upsert(String id, long version) {
        assertThat(version).as("version of %s in %s", id, keys).isGreaterThanOrEqualTo(versions.getOrDefault(id, 0L));
        versions.put(id, version);
        made.put(id, version);
        again.add(id);
    }

    /** Something happened that may make so many effects take place once more. */
    void allow(int more) {
        allowed += more;
    }

    int size() {
        return keys.size();
    }

    void assertBounded() {
        assertThat(repeated).as("repeated in %s", keys).isLessThanOrEqualTo(allowed);
    }

    /** To be asked when nothing more comes. */
    void assertIs(SimulatedTable table) {
        Map<String, Long> there = new HashMap<>();
        table.ids().forEach(id -> there.put(id, table.version(id)));
        assertThat(made).as("the sink after %s", keys).isEqualTo(there);
    }
}
