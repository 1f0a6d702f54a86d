package io.github.cameldataverse.changes.testkit.internal.argument;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refuses arguments where the test passes them, by an IllegalArgumentException with one sentence: on a thread of the server
 * a wrong one would make a response that looks like a fault of the service, or would change nothing.
 */
public final class Argument {
    private Argument() {}

    /** A number in a range; both ends belong to it. */
    public static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(name, Long.toString(value), "from " + least + " to " + most);
        }
    }

    /** A number that is not below the least one. */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw refused(name, Long.toString(value), least + " or more");
        }
    }

    /** A time that passes. */
    public static void positive(String name, @Nullable Duration value) {
        if (value == null || value.isNegative() || value.isZero()) {
            throw refused(name, String.valueOf(value), "a duration longer than 0");
        }
    }

    /** A text with more than blanks in it. */
    public static void text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw refused(name, value == null ? "null" : "blank", "a text");
        }
    }

    /** Anything but null. */
    public static void given(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null; it must be given");
        }
    }

    private static IllegalArgumentException refused(String name, String value, String rule) {
        return new IllegalArgumentException(name + " is " + value + "; it must be " + rule);
    }
}
