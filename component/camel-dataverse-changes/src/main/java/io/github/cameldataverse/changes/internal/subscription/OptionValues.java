package io.github.cameldataverse.changes.internal.subscription;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of options, checked: each gives the value, or an {@link IllegalArgumentException} with one sentence. */
final class OptionValues {

    private OptionValues() {}

    static <E extends Enum<E>> E oneOf(String option, String value, E[] allowed) {
        String[] words = Arrays.stream(allowed)
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return allowed[Arrays.asList(words).indexOf(word(option, value, words))];
    }

    static String word(String option, @Nullable String value, String... allowed) {
        String word = String.valueOf(value).toLowerCase(Locale.ROOT);
        if (!Arrays.asList(allowed).contains(word)) {
            throw new IllegalArgumentException("The option " + option + " must be one of " + String.join(", ", allowed)
                    + ", not \"" + value + "\"");
        }
        return word;
    }

    static String matching(String option, @Nullable String value, String pattern) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(
                    "The option " + option + " must match " + pattern + ", and \"" + value + "\" does not");
        }
        return value;
    }

    static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("The option " + option + " must lie between " + least + " and " + most
                    + ", and " + value + " does not");
        }
        return value;
    }

    static long positive(String option, long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException(
                    "The option " + option + " must be a time of at least 1 ms, not " + millis);
        }
        return millis;
    }
}
