package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.HexCase;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of the next page as a next link carries it: a cookie in XML whose attribute {@code pagingcookie} is another
 * cookie in XML, encoded once by itself and once more with the whole. Clients must treat it as opaque.
 *
 * @param position where the next page begins
 * @param idColumn primary id column of the table
 * @param firstId id of the first row of the page before
 * @param lastId id of the last row of the page before
 */
public record SkipToken(PagePosition position, String idColumn, String firstId, String lastId) {
    private static final Pattern OUTER =
            Pattern.compile("<cookie pagenumber=\"(\\d{1,9})\" pagingcookie=\"([^\"]*)\" istracking=\"\\w+\" />");
    private static final Pattern INNER =
            Pattern.compile("<cookie page=\"(\\d{1,8})\" kind=\"([A-Z]+)\" stage=\"([A-Z]+)\""
                    + " minTimestamp=\"(\\d{1,18})\" maxTimestamp=\"(\\d{1,18})\" lastTimestamp=\"(\\d{1,18})\""
                    + " obtained=\"([^\"]+)\">.*");

    public String encoded() {
        return PercentEncoding.LOOSE.encode(outer());
    }

    static PagePosition read(String decoded) {
        Matcher outer = OUTER.matcher(decoded);
        if (!outer.matches()) {
            throw refused();
        }
        return readInner(URLDecoder.decode(outer.group(2), StandardCharsets.UTF_8));
    }

    /** Parses the inner cookie alone, which is the paging cookie of the Organization Service. */
    static PagePosition readInner(String cookie) {
        Matcher inner = INNER.matcher(cookie);
        if (!inner.matches()) {
            throw refused();
        }
        return position(inner);
    }

    private String outer() {
        String tracking = position.isTracked() ? "True" : "False";
        return "<cookie pagenumber=\"" + position.page() + "\" pagingcookie=\""
                + PercentEncoding.strict(HexCase.LOWER).encode(inner()) + "\" istracking=\"" + tracking + "\" />";
    }

    String inner() {
        return "<cookie page=\"" + (position.page() - 1) + "\" kind=\"" + position.kind() + "\" stage=\""
                + position.stage() + "\" minTimestamp=\"" + position.from() + "\" maxTimestamp=\"" + position.upTo()
                + "\" lastTimestamp=\"" + position.last() + "\" obtained=\"" + position.obtained() + "\"><" + idColumn
                + " last=\"" + braced(lastId) + "\" first=\"" + braced(firstId) + "\" /></cookie>";
    }

    private static String braced(String id) {
        return "{" + id.toUpperCase(Locale.ROOT) + "}";
    }

    private static PagePosition position(Matcher inner) {
        try {
            return new PagePosition(
                    PagePosition.Kind.valueOf(inner.group(2)),
                    Long.parseLong(inner.group(4)),
                    Long.parseLong(inner.group(5)),
                    PagePosition.Stage.valueOf(inner.group(3)),
                    Long.parseLong(inner.group(6)),
                    Integer.parseInt(inner.group(1)) + 1,
                    Instant.parse(inner.group(7)));
        } catch (RuntimeException altered) {
            throw refused();
        }
    }

    static ServiceRefusalException refused() {
        return new ServiceRefusalException(
                400, ErrorCodes.INVALID_PAGING_COOKIE, "Invalid page number in paging cookie.");
    }
}
