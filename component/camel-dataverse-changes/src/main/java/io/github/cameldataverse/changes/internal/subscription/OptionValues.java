package io.github.cameldataverse.changes.internal.subscription;

import org.jspecify.annotations.Nullable;

/** Values of options, checked: each gives the value, or an {@link IllegalArgumentException} with one sentence. */
final class OptionValues {

    private OptionValues() {}

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
