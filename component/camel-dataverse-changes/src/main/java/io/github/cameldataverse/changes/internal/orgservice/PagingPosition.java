package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request starts, and how a checkpoint holds it: in place of a link, which this API does not have. The text is made
 * and read here only. The number of the page is not in it; the checkpoint counts the pages of its round. So a paging cookie
 * that comes again in a round gives the same text again, and is found out like a link that comes again.
 *
 * @param token the data version of the round; empty for a full load
 * @param cookie the paging cookie of the page before; empty for the first page
 * @param number of the page, from 1
 */
record PagingPosition(String token, String cookie, long number) {

    private static final String SCHEME = "organizationService:";
    private static final Pattern ROUND = Pattern.compile(SCHEME + "token=([^;]+)");
    private static final Pattern PAGE = Pattern.compile(SCHEME + "cookie=([^;]+)(?:;token=([^;]+))?");

    static PagingPosition of(Checkpoint checkpoint) throws ServiceFault.Permanent {
        String token = checkpoint.roundLink() == null ? "" : token(checkpoint.roundLink());
        if (checkpoint.pageLink() == null) {
            return new PagingPosition(token, "", 1);
        }
        Matcher page = matched(PAGE, checkpoint.pageLink());
        if (!token.equals(decoded(Objects.requireNonNullElse(page.group(2), "")))) {
            throw unreadable();
        }
        return new PagingPosition(token, decoded(page.group(1)), checkpoint.pages() + 1);
    }

    /** Whether a request from here holds something of the service that can have expired. */
    FaultTable.Reference reference() {
        return token.isEmpty() && cookie.isEmpty() ? FaultTable.Reference.NONE : FaultTable.Reference.TOKEN;
    }

    /** The data version in the link of a round. */
    static String token(String roundLink) throws ServiceFault.Permanent {
        return decoded(matched(ROUND, roundLink).group(1));
    }

    /** The link of a round. */
    static String round(String token) {
        return SCHEME + "token=" + encoded(token);
    }

    /** The link of the next page of this round. */
    String next(String nextCookie) {
        return SCHEME + "cookie=" + encoded(nextCookie) + (token.isEmpty() ? "" : ";token=" + encoded(token));
    }

    private static Matcher matched(Pattern pattern, String link) throws ServiceFault.Permanent {
        Matcher matcher = pattern.matcher(link);
        if (!matcher.matches()) {
            throw unreadable();
        }
        return matcher;
    }

    /** Percent-encoded, as a link has it: other text stores hold it the same way. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) throws ServiceFault.Permanent {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static ServiceFault.Permanent unreadable() {
        return new ServiceFault.Permanent(
                "The stored token was not obtained from the Organization Service. Set the option api to what it was obtained"
                        + " with, or ask for a full reload with the producer operation resync",
                0);
    }
}
