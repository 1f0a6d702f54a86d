package io.github.cameldataverse.changes.token;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.digest.Checksum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenCodecTest {

    private static final String TEXT = TokenCodec.encode(ACCOUNTS, SampleCheckpoints.revision(7));

    @Test
    void whatWasWrittenIsReadBackForAnyContent() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            SubscriptionId subscription = new SubscriptionId(text(random, 50), text(random, 50), text(random, 50));
            Checkpoint checkpoint = random(random);
            String text = TokenCodec.encode(subscription, checkpoint);
            assertThat(TokenCodec.decode(subscription, text, "memory"))
                    .as("seed %s", seed)
                    .isEqualTo(checkpoint);
        }
    }

    @Test
    void theTextIsPlainAscii() {
        String text = TokenCodec.encode(new SubscriptionId("ü", "\u0000", "\ud800"), random(new Random(5)));
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    }

    @Test
    @ProvesFault("R3")
    void everyTruncationIsRefused() {
        for (int length = 0; length < TEXT.length(); length++) {
            assertRefused(TEXT.substring(0, length));
        }
    }

    @Test
    @ProvesFault("R3")
    void everyFlippedBitIsRefused() {
        for (int at = 0; at < TEXT.length(); at++) {
            for (int bit = 0; bit < 16; bit++) {
                StringBuilder altered = new StringBuilder(TEXT);
                altered.setCharAt(at, (char) (TEXT.charAt(at) ^ 1 << bit));
                assertRefused(altered.toString());
            }
        }
    }

    @Test
    void everyLostDoubledOrSwappedCharacterIsRefused() {
        for (int at = 0; at < TEXT.length(); at++) {
            assertRefused(new StringBuilder(TEXT).deleteCharAt(at).toString());
            assertRefused(new StringBuilder(TEXT).insert(at, TEXT.charAt(at)).toString());
            if (at > 0 && TEXT.charAt(at) != TEXT.charAt(at - 1)) {
                StringBuilder swapped = new StringBuilder(TEXT);
                swapped.setCharAt(at, TEXT.charAt(at - 1));
                swapped.setCharAt(at - 1, TEXT.charAt(at));
                assertRefused(swapped.toString());
            }
        }
    }

    @Test
    void whatFollowsTheTokenIsRefused() {
        assertRefused(TEXT + "\n");
        assertRefused(TEXT + TEXT);
    }

    @Test
    @ProvesFault("R3")
    void anEmptyTextIsRefusedWithASentence() {
        assertThatThrownBy(() -> TokenCodec.decode(ACCOUNTS, "", "file accounts.token"))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessage(
                        "The stored token of account/default at https://contoso.crm4.dynamics.com in file"
                                + " accounts.token is empty. It is left as it is; restore it from a backup, or ask for a resync.");
    }

    /** The text of the first release, letter by letter: a later one must still read it. */
    @Test
    @ProvesFault("L7")
    void theFirstFormatIsReadForEver() throws Exception {
        String text = new String(
                TokenCodecTest.class
                        .getResourceAsStream("/tokens/format-1.token")
                        .readAllBytes(),
                StandardCharsets.US_ASCII);

        assertThat(TokenCodec.decode(ACCOUNTS, text, "here")).isEqualTo(SampleCheckpoints.revision(7));
    }

    @Test
    @ProvesFault({"L7", "R3"})
    void aNewerFormatIsRefusedByItsNumber() {
        assertThatThrownBy(() -> TokenCodec.decode(ACCOUNTS, TEXT.replaceFirst(" 1 ", " 3 "), "here"))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining("has format 3, of a newer version; this version reads format 2 and older ones");
    }

    @Test
    @ProvesFault("R3")
    void theTokenOfAnotherSubscriptionIsRefusedByItsName() {
        assertThatThrownBy(() -> TokenCodec.decode(SampleCheckpoints.subscription("contact", "default"), TEXT, "here"))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining("belongs to another subscription, account/default at");
    }

    @Test
    void aContentWithARightChecksumButUnknownOrMissingFieldsIsRefused() {
        String payload = TEXT.substring(TEXT.indexOf('\n') + 1, TEXT.length() - 1);
        assertRefused(framed(payload.replace("\"round\":", "\"ground\":")));
        assertRefused(framed(payload.replace("\"round\":1,", "")));
        assertRefused(framed(payload.replace("\"round\":1,", "\"round\":null,")));
        assertRefused(framed(payload.replace("\"round\":1,", "\"round\":0,")));
        assertRefused(framed(payload.replace("\"round\":1,", "\"round\":1,\"round\":1,")));
        assertRefused(framed(payload.replace("\"DELTA\"", "\"BETA\"")));
        assertRefused(framed(payload.replace(SampleCheckpoints.NOW.toString(), "yesterday")));
        assertRefused(framed("[" + payload + "]"));
        assertRefused(framed(payload + "{}"));
        assertRefused(framed("{"));
        assertThat(TokenCodec.decode(ACCOUNTS, framed(payload), "here")).isEqualTo(SampleCheckpoints.revision(7));
    }

    private static String framed(String payload) {
        return "dataverse-changes-token 1 " + payload.length() + " " + Checksum.hex("", payload) + "\n" + payload
                + "\n";
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> TokenCodec.decode(ACCOUNTS, text, "here"))
                .as("must not be read: %s", text)
                .isInstanceOf(TokenUnreadableException.class);
    }

    private static Checkpoint random(Random random) {
        return new Checkpoint(
                1 + random.nextLong(Long.MAX_VALUE),
                1 + random.nextLong(Long.MAX_VALUE),
                List.of(Phase.values()).get(random.nextInt(Phase.values().length)),
                random.nextBoolean() ? null : text(random, 3000),
                random.nextBoolean() ? null : text(random, 3000),
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                Instant.ofEpochSecond(
                        random.nextLong(-100_000_000_000L, 100_000_000_000L), random.nextInt(1_000_000_000)),
                text(random, 100));
    }

    /** Any text, with control characters, lone surrogates and all. */
    private static String text(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
