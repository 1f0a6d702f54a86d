package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.http.ServiceFault;
import org.jspecify.annotations.Nullable;

/**
 * What one check of a preflight has found.
 *
 * @param check what was looked at
 * @param verdict how it is
 * @param text what was found; of a failure, what is wrong and what to do
 * @param failure what a start fails with; null if it is none
 */
record Finding(String check, Verdict verdict, String text, @Nullable Exception failure) {

    enum Verdict {
        OK("ok"),
        /** Changes can be read, and somebody may want to know. */
        WARN("warn"),
        /** Somebody has to mend it. */
        FAIL("FAIL"),
        /** It could not be told now, and may be well in a moment. */
        AGAIN("FAIL"),
        /** Not looked at, because it stands on something that failed. */
        SKIPPED("-");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    static Finding ok(String check, String text) {
        return new Finding(check, Verdict.OK, text, null);
    }

    static Finding warn(String check, String text) {
        return new Finding(check, Verdict.WARN, text, null);
    }

    static Finding skipped(String check) {
        return new Finding(check, Verdict.SKIPPED, "not looked at", null);
    }

    /** @param remedy what to do if the failure does not say so itself, because it may go away */
    static Finding failed(String check, Exception failure, String remedy) {
        boolean passes = failure instanceof ServiceFault.Transient || failure instanceof ServiceFault.Throttled;
        String said = Diagnosis.explains(failure) ? String.valueOf(failure.getMessage()) : failure.toString();
        return new Finding(
                check,
                passes ? Verdict.AGAIN : Verdict.FAIL,
                passes || !Diagnosis.explains(failure) ? said + ". " + remedy : said,
                failure);
    }

    /** One line of the table. */
    String line() {
        return String.format("  %-5s %-18s %s", verdict.word, check, text);
    }
}
