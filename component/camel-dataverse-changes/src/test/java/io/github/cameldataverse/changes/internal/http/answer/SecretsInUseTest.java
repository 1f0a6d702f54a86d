package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ProvesFault({"S6", "S7"})
class SecretsInUseTest {

    private static final String SECRET = "kT8~q+/Zw5=vB2xN-r7_Yp.L9m!";

    private final SecretsInUse secrets = new SecretsInUse();

    @Test
    void aTextWithoutSecretsStaysAsItIs() {
        secrets.keep(SECRET);
        secrets.renew("eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0");

        assertThat(secrets.clean("Invalid argument. (0x80040203)")).isEqualTo("Invalid argument. (0x80040203)");
    }

    @Test
    void aSecretIsCoveredWhereverItStands() {
        secrets.keep(SECRET);

        assertThat(secrets.clean("a " + SECRET + " b" + SECRET)).isEqualTo("a [redacted] b[redacted]");
    }

    @Test
    void aSecretIsCoveredInTheFormsInWhichItIsSent() {
        secrets.keep(SECRET);

        assertCovered(URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
        assertCovered(URLEncoder.encode(SECRET, StandardCharsets.UTF_8).toLowerCase());
        assertCovered(SECRET.replace("/", "\\/").replace("+", "\\u002b"));
        for (String user : new String[] {"", "u:", "us:", "use:", "user:", "DOMAIN\\user:"}) {
            String basic = Base64.getEncoder().encodeToString((user + SECRET).getBytes(StandardCharsets.UTF_8));
            String shown = secrets.clean("Basic " + basic);
            assertThat(shown).startsWith("Basic ").contains("[redacted]");
            assertNoPartOf(basic.substring((user.length() * 4 + 2) / 3), shown);
        }
    }

    private void assertCovered(String echo) {
        assertNoPartOf(SECRET, secrets.clean("said: " + echo));
    }

    @Test
    void aPartOfASecretThatWasCutOffAnywhereShowsAFewCharactersAtMost() {
        secrets.renew(SECRET);
        IntStream.range(1, SECRET.length()).forEach(cut -> {
            assertNoPartOf(SECRET, secrets.clean("Bearer " + SECRET.substring(0, cut)));
            assertNoPartOf(SECRET, secrets.clean(SECRET.substring(cut) + " was refused"));
        });
    }

    @Test
    void aSecretIsCoveredBeforeTheTextIsCut() {
        secrets.keep(SECRET);
        IntStream.range(250, 320).forEach(before -> assertNoPartOf(SECRET, secrets.clean("x".repeat(before) + SECRET)));
        IntStream.range(4050, 4100)
                .forEach(before -> assertNoPartOf(SECRET, secrets.clean(" ".repeat(before) + SECRET)));
    }

    @Test
    void aSecretThatIsFoldedIsCoveredLineByLine() {
        String token = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(3);
        secrets.renew(token);

        assertNoPartOf(token, secrets.clean(token.replaceAll("(.{20})", "$1\r\n ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc"})
    void whatIsTooShortToBeASecretIsNotLookedFor(String secret) {
        secrets.keep(secret);

        assertThat(secrets.clean("an abc of words")).isEqualTo("an abc of words");
    }

    @Test
    void aShortSecretIsLookedForAsAWhole() {
        secrets.keep("demo");

        assertThat(secrets.clean("Bearer demo, dem")).isEqualTo("Bearer [redacted], dem");
    }

    @Test
    void secretsThatAreRenewedDoNotPileUpAndThoseThatStayAreKept() {
        secrets.keep(SECRET);
        IntStream.range(0, 100).forEach(i -> secrets.renew("token-number-" + (1000 + i)));

        assertThat(secrets.clean("token-number-1099")).isEqualTo("[redacted]");
        assertThat(secrets.clean(SECRET)).isEqualTo("[redacted]");
    }

    @Test
    void aCauseIsWithheldOnlyIfItsWordsHoldASecret() {
        secrets.keep(SECRET);
        IOException clean = new IOException("connection reset", new IllegalStateException("closed"));
        IOException inItself = new IOException("bad header: " + SECRET);
        IOException inItsCause = new IOException("x", new IllegalStateException(SECRET.substring(0, 12)));
        IOException besides = new IOException("x");
        besides.addSuppressed(new IllegalStateException(SECRET));

        assertThat(secrets.fit(clean)).isSameAs(clean);
        for (IOException bad : new IOException[] {inItself, inItsCause, besides}) {
            Throwable fit = secrets.fit(bad);
            assertThat(fit).hasMessage("The words of this java.io.IOException hold a secret and are left out");
            assertThat(fit.getStackTrace()).isEqualTo(bad.getStackTrace());
            assertThat(fit.getCause()).isNull();
            assertThat(fit.getSuppressed()).isEmpty();
        }
    }

    @Test
    void aCircleOfCausesEnds() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(secrets.fit(one)).isSameAs(one);
    }

    @Test
    void itSaysNothingOfItself() {
        secrets.keep(SECRET);

        assertThat(secrets.toString()).doesNotContain(SECRET);
    }

    private static void assertNoPartOf(String secret, String shown) {
        IntStream.rangeClosed(0, secret.length() - 8)
                .mapToObj(at -> secret.substring(at, at + 8))
                .forEach(part -> assertThat(shown).doesNotContain(part));
    }
}
