package io.github.cameldataverse.changes.internal.preflight;

import io.github.cameldataverse.changes.internal.preflight.PreflightFinding.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a preflight has found, check by check.
 *
 * @param subject what it was about
 */
public record PreflightReport(String subject, List<PreflightFinding> findings) {

    static final int READY = 0;
    static final int MEND = 1;
    public static final int WRONG_COMMAND = 2;
    static final int TRY_AGAIN = 3;

    public PreflightReport {
        findings = List.copyOf(findings);
    }

    /** 0 if changes can be read, 1 if something has to be mended first, 3 if it could not be told now. */
    public int exitCode() {
        if (has(Verdict.FAIL)) {
            return MEND;
        }
        return has(Verdict.AGAIN) ? TRY_AGAIN : READY;
    }

    /** What a start fails with. */
    public Optional<Exception> failure() {
        return findings.stream()
                .map(PreflightFinding::failure)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** The table, a line per check. */
    public String table() {
        return "Preflight of " + subject + System.lineSeparator()
                + findings.stream().map(PreflightFinding::line).collect(Collectors.joining(System.lineSeparator()))
                + System.lineSeparator() + "  " + conclusion();
    }

    private String conclusion() {
        return switch (exitCode()) {
            case READY -> "Ready: the changes of the table can be read.";
            case MEND -> "Not ready: mend what is marked FAIL, then look again.";
            default -> "Not known: something could not be reached; look again in a while.";
        };
    }

    private boolean has(Verdict verdict) {
        return findings.stream().anyMatch(finding -> finding.verdict() == verdict);
    }
}
