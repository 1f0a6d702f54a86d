package io.github.cameldataverse.changes.internal.http.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a date of HTTP in any of its three forms, all of which a recipient must take (RFC 9110, 5.6.7). */
public final class HttpDate {

    private static final List<DateTimeFormatter> FORMS = Stream.of(
                    DateTimeFormatter.RFC_1123_DATE_TIME,
                    DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US))
            .map(form -> form.withZone(ZoneOffset.UTC))
            .toList();

    private HttpDate() {}

    /** The moment; empty if the text is none of the three forms. */
    public static Optional<Instant> of(String text) {
        return FORMS.stream().flatMap(form -> read(form, text.strip()).stream()).findFirst();
    }

    private static Optional<Instant> read(DateTimeFormatter form, String text) {
        try {
            return Optional.of(form.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
