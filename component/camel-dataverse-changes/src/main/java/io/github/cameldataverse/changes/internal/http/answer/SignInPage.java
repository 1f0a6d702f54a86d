package io.github.cameldataverse.changes.internal.http.answer;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sign-in page of Microsoft Entra ID where an answer was due, or a redirect to it. Layers before the service send a browser
 * there whose sign-in is missing or over, so it says the same as status 401. Nothing is sent there.
 */
public final class SignInPage {

    private static final int LOOKED_AT = 64 * 1024;
    /** Of the public cloud, of the clouds of governments, and of China, with older names. */
    private static final Pattern HOST = Pattern.compile(
            "(?i)https:(?:\\\\?/){2}(login\\.microsoftonline\\.(?:com|us)|login\\.windows\\.net|login\\.live\\.com"
                    + "|login\\.(?:partner\\.microsoftonline|chinacloudapi)\\.cn)(?=[:/?\"'\\\\\\s]|$)");

    private static final Pattern AUTHORIZE = Pattern.compile("oauth2(?:\\\\?/v2\\.0)?\\\\?/authorize");

    private SignInPage() {}

    /** Where the page is; empty if the answer is none and leads to none. */
    public static Optional<String> host(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> answer.header("location").flatMap(SignInPage::redirected);
            case 200 -> isPage(answer) ? authorizing(beginning(answer.body())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> redirected(String location) {
        try {
            URI to = new URI(location);
            String path = to.getPath() == null ? "" : to.getPath();
            return named(location)
                    .or(() -> path.matches(".*/oauth2(/v2\\.0)?/authorize/?")
                            ? Optional.ofNullable(to.getHost())
                            : Optional.empty());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(String text) {
        Matcher host = HOST.matcher(text);
        return host.find() ? Optional.of(host.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** A portal of a proxy may sign its user in there too, by another protocol. */
    private static Optional<String> authorizing(String page) {
        return AUTHORIZE.matcher(page).find() ? named(page) : Optional.empty();
    }

    private static boolean isPage(Answer answer) {
        return answer.header("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .orElse(false);
    }

    private static String beginning(Body body) {
        return new String(body.bytes(), 0, Math.min(LOOKED_AT, body.length()), StandardCharsets.UTF_8);
    }
}
