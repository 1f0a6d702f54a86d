package io.github.cameldataverse.changes.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the effects in a sink must be, seen from the table that they came from. */
final class ExpectedEffects {

    private final List<SinkEffect> effects;

    ExpectedEffects(List<SinkEffect> effects) {
        this.effects = effects;
    }

    /** Applied one after the other, the effects make the table as it is: nothing is lost, nothing is left over. */
    void assertMakes(SimulatedTable table) {
        assertThat(made()).isEqualTo(stateOf(table));
    }

    /** As above, but rows that were deleted while their ids were not kept may be left over. */
    void assertMakesAtLeast(SimulatedTable table) {
        assertThat(made()).containsAllEntriesOf(stateOf(table));
    }

    /** The end of a reload removes what did not come again. */
    private Map<String, String> made() {
        Map<String, String> made = new HashMap<>();
        Set<String> again = new HashSet<>();
        for (SinkEffect effect : effects) {
            switch (effect.type()) {
                case "upsert" -> {
                    made.put(effect.id(), effect.version() + " " + effect.name());
                    again.add(effect.id());
                }
                case "delete" -> made.remove(effect.id());
                case "resyncStarted" -> again.clear();
                default -> made.keySet().retainAll(again);
            }
        }
        return made;
    }

    private static Map<String, String> stateOf(SimulatedTable table) {
        Map<String, String> state = new HashMap<>();
        table.ids()
                .forEach(id ->
                        state.put(id, table.version(id) + " " + table.row(id).get("name")));
        return state;
    }

    /** No record goes back to an older version. */
    void assertInOrder() {
        Map<String, Long> last = new HashMap<>();
        for (SinkEffect effect : effects) {
            if (effect.isUpsert()) {
                assertThat(effect.version())
                        .as("%s after version %s", effect, last.get(effect.id()))
                        .isGreaterThanOrEqualTo(last.getOrDefault(effect.id(), 0L));
                last.put(effect.id(), effect.version());
            }
        }
    }

    /** How many effects took place a second time; a reload brings all records once more. */
    int repeated() {
        Set<String> seen = new HashSet<>();
        Set<String> reloads = new HashSet<>();
        int repeated = 0;
        for (SinkEffect effect : effects) {
            if (effect.type().equals("resyncStarted") && reloads.add(effect.key())) {
                seen.clear();
            }
            repeated += seen.add(effect.key()) ? 0 : 1;
        }
        return repeated;
    }

    List<String> types() {
        return effects.stream().map(SinkEffect::type).toList();
    }
}
