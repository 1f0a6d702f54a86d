package io.github.cameldataverse.changes.benchmarks.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which reader, and how it is set.
 *
 * @param label for tables and plots
 * @param kind one of the words that {@code ReaderMain} knows
 * @param settings of it; what it does not know itself is an option of our endpoint
 */
public record ReaderSpec(String label, String kind, Map<String, String> settings) {

    public ReaderSpec {
        settings = Map.copyOf(settings);
    }

    /** A reader that has nothing to set. */
    public static ReaderSpec of(String label, String kind) {
        return new ReaderSpec(label, kind, Map.of());
    }

    /** The same with one more setting. */
    public ReaderSpec with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new ReaderSpec(label, kind, more);
    }

    /** The same under another label. */
    public ReaderSpec labelled(String other) {
        return new ReaderSpec(other, kind, settings);
    }

    /** A setting, or what it is where nothing is said. */
    public String setting(String key, String otherwise) {
        return settings.getOrDefault(key, otherwise);
    }

    /** As one word, which {@link #parse} reads; the label is not in it. */
    @Override
    public String toString() {
        return settings.entrySet().stream()
                .map(each -> "," + each.getKey() + "=" + each.getValue())
                .sorted()
                .collect(Collectors.joining("", kind, ""));
    }

    /** What {@link #toString} has written. */
    public static ReaderSpec parse(String text) {
        String[] parts = text.split(",");
        ReaderSpec spec = of(text, parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=", 2);
            spec = spec.with(setting[0], setting[1]);
        }
        return spec;
    }
}
