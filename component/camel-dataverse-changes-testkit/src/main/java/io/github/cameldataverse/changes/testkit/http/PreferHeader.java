package io.github.cameldataverse.changes.testkit.http;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preferences that a request states in its {@code Prefer} headers.
 *
 * @param trackChanges whether a delta link is wanted
 * @param maxPageSize rows per page, if stated
 * @param annotations which annotations are wanted, if any
 */
public record PreferHeader(boolean trackChanges, OptionalInt maxPageSize, Optional<String> annotations) {
    private static final Pattern TRACK = Pattern.compile("(^|[,;\\s])odata\\.track-changes($|[,;\\s])");
    private static final Pattern PAGE_SIZE = Pattern.compile("odata\\.maxpagesize\\s*=\\s*\"?(\\d{1,9})");
    private static final Pattern ANNOTATIONS = Pattern.compile("odata\\.include-annotations\\s*=\\s*\"([^\"]*)\"");

    static PreferHeader of(String lines) {
        return new PreferHeader(TRACK.matcher(lines).find(), pageSize(lines), annotations(lines));
    }

    /** Whether annotations of this name are wanted. */
    public boolean wants(String annotation) {
        return annotations.filter(wanted -> matches(wanted, annotation)).isPresent();
    }

    private static boolean matches(String wanted, String annotation) {
        for (String each : wanted.split(",")) {
            String pattern = each.trim();
            boolean prefix = pattern.endsWith("*") && annotation.startsWith(pattern.substring(0, pattern.length() - 1));
            if (prefix || pattern.equals(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static OptionalInt pageSize(String lines) {
        Matcher matcher = PAGE_SIZE.matcher(lines);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static Optional<String> annotations(String lines) {
        Matcher matcher = ANNOTATIONS.matcher(lines);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
