package io.github.cameldataverse.changes.testkit.internal.tracking;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The row version above which a delta begins, and a time. Clients must treat it as opaque; the service accepts any token of the
 * form {@code 919042!08/22/2017 08:10:44}.
 *
 * @param version the delta has the changes above it
 * @param obtained the time when the client got it, to the second, which determines its age
 */
public record DeltaToken(long version, Instant obtained) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})!(\\S+ \\S+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

    static Optional<DeltaToken> read(String decoded) {
        Matcher matcher = FORM.matcher(decoded);
        try {
            return matcher.matches()
                    ? Optional.of(new DeltaToken(Long.parseLong(matcher.group(1)), time(matcher.group(2))))
                    : Optional.empty();
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    public String text() {
        return version + "!" + TIME.format(obtained.atOffset(ZoneOffset.UTC));
    }

    private static Instant time(String text) {
        return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    }
}
