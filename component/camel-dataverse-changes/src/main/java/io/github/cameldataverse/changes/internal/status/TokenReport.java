package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a subscription stands, as the producer operation {@code token} tells it. Holds no link. */
public final class TokenReport {

    private TokenReport() {}

    public static Map<String, Object> of(Optional<StoredToken> token, Optional<TokenLife> life, Instant now) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("stored", token.isPresent());
        token.map(StoredToken::checkpoint).ifPresent(checkpoint -> add(report, checkpoint, now));
        life.ifPresent(known -> add(report, known, now));
        return report;
    }

    private static void add(Map<String, Object> report, TokenLife life, Instant now) {
        Instant expires = life.expires();
        if (life.kept() != null && expires != null) {
            report.put("keptDays", life.kept().toDays());
            report.put("expires", expires.toString());
            report.put(
                    "expiresInSeconds",
                    Math.max(0, Duration.between(now, expires).toSeconds()));
        }
    }

    private static void add(Map<String, Object> report, Checkpoint checkpoint, Instant now) {
        if (checkpoint.organization().isKnown()) {
            report.put("organization", checkpoint.organization().id());
            report.put("address", checkpoint.organization().address());
        }
        report.put("phase", checkpoint.phase().name().toLowerCase(Locale.ROOT));
        report.put("round", checkpoint.round());
        report.put("page", checkpoint.pages() + 1);
        report.put("rows", checkpoint.rows());
        report.put("revision", checkpoint.revision());
        report.put("obtained", checkpoint.obtained().toString());
        report.put("ageSeconds", Duration.between(checkpoint.obtained(), now).toSeconds());
    }
}
