package io.github.cameldataverse.changes.internal.preflight;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.status.Diagnosis;
import org.jspecify.annotations.Nullable;

/**
 * What one check of a preflight has found.
 *
 * @param check what was looked at
 * @param verdict how it is
 * @param text what was found; of a failure, what is wrong and what to do
 * @param failure what a start fails with; null if it is none
 */
record PreflightFinding(String check, Verdict verdict, String text, @Nullable Exception failure) {

    enum Verdict {
        OK("ok"),
        /** Changes can be read, but this is worth knowing. */
        WARN("warn"),
        /** It has to be mended. */
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

    static PreflightFinding ok(String check, String text) {
        return new PreflightFinding(check, Verdict.OK, text, null);
    }

    static PreflightFinding warn(String check, String text) {
        return new PreflightFinding(check, Verdict.WARN, text, null);
    }

    static PreflightFinding skipped(String check) {
        return new PreflightFinding(check, Verdict.SKIPPED, "not looked at", null);
    }

    /** @param remedy what to do if the failure does not say so itself, because it may go away */
    static PreflightFinding failed(String check, Exception failure, String remedy) {
        boolean passes = failure instanceof ServiceFault.Transient || failure instanceof ServiceFault.Throttled;
        String said = Diagnosis.explains(failure) ? String.valueOf(failure.getMessage()) : failure.toString();
        return new PreflightFinding(
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
