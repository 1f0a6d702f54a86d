package io.github.cameldataverse.changes.internal.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the ids of records before anything is built from them: a path, a file name, a key. */
public final class RecordId {

    // java.util.UUID accepts 1-1-1-1-1; a GUID has its 36 characters.
    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final int LENGTH = 36;
    private static final Pattern BARE = Pattern.compile(GUID);
    private static final Pattern ENTITY_URL = Pattern.compile(".*\\((" + GUID + ")\\)");

    private RecordId() {}

    /** The GUID in lower case, from a bare one or from an entity URL that ends with one; empty if it is neither. */
    public static Optional<String> of(String served) {
        if (isGuid(served)) {
            return Optional.of(served.toLowerCase(Locale.ROOT));
        }
        Matcher url = ENTITY_URL.matcher(served);
        return url.matches() ? Optional.of(url.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    // By characters, and not by the pattern: it is asked several times for each change.
    private static boolean isGuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits = i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : isHexDigit(c);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** All GUIDs that stand in a text, in lower case. */
    public static Set<String> allIn(String text) {
        return BARE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
