package io.github.cameldataverse.changes.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.http.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages with accidents: each is read as a plain JSON reader reads it, or refused; nothing else ever happens. */
@Timeout(300)
class PageMutationTest {

    private static final int PAGES = 20_000;
    private static final long SEED = 20_260_301;
    private static final String[] SPLINTERS = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e999999",
        "\"value\":[]",
        "\"id\":\"x\"",
        "\\ud83d",
        "\u0000",
        "\uFEFF",
        "/$deletedEntity",
        "\"error\":{}",
        "-",
        "NaN",
        "//",
        "'",
        "\"@odata.nextLink\":\"x\",",
        "\u00e9",
        "😀"
    };

    private final JsonMapper model = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final PageScanner scanner = new PageScanner("accountid", 1 << 16);
    private int read;

    @Test
    void aPageWithAccidentsIsReadAsItStandsOrRefused() {
        String whole = Pages.deltaPage(
                Pages.row(1),
                "{\"@odata.etag\":\"W/\\\"7\\\"\",\"name\":\"Größe 😀 \\u00e9\",\"n\":-12.50e3,\"accountid\":\""
                        + Pages.id(2) + "\"}",
                Pages.tombstone(3),
                Pages.row(4));
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int page = 0; page < PAGES; page++) {
            byte[] mutated = mutated(bytes, random);
            try {
                check(mutated);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "page " + page + " of seed " + SEED + ": " + new String(mutated, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
        System.out.println("mutated pages: " + PAGES + ", read " + read + ", refused " + (PAGES - read));
        assertThat(read).isBetween(PAGES / 100, PAGES / 2);
    }

    private void check(byte[] mutated) throws IOException {
        ScannedPage page;
        try {
            page = scanner.scan(new Body(mutated, mutated.length), 1);
        } catch (MalformedPageException e) {
            return;
        }
        read++;
        JsonNode expected = model.readTree(new String(mutated, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", ""));
        assertThat(page.hasValue()).isEqualTo(expected.has("value"));
        assertThat(page.deltaLink()).isEqualTo(expected.path("@odata.deltaLink").asText(null));
        assertThat(page.nextLink()).isEqualTo(expected.path("@odata.nextLink").asText(null));
        assertThat(page.changes()).hasSize(expected.path("value").size());
        int from = 0;
        for (int index = 0; index < page.changes().size(); index++) {
            from = checkRow(
                    mutated,
                    from,
                    page.changes().get(index),
                    expected.path("value").get(index));
        }
    }

    private int checkRow(byte[] page, int from, Change change, JsonNode expected) throws IOException {
        String text = change.row().text();
        byte[] served = text.getBytes(StandardCharsets.UTF_8);
        int at = indexOf(page, served, from);
        assertThat(at).as("the row is in the page to the byte").isNotNegative();
        assertThat(model.readTree(text)).isEqualTo(expected);
        String id = expected.has("accountid")
                        && !expected.path("@odata.context").asText().endsWith("/$deletedEntity")
                ? "accountid"
                : "id";
        assertThat(expected.path(id).asText().toLowerCase()).contains(change.id());
        return at + served.length;
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] page = bytes.clone();
        int accidents = 1 + random.nextInt(3);
        for (int accident = 0; accident < accidents; accident++) {
            page = accident(page, random);
        }
        return page;
    }

    private static byte[] accident(byte[] page, SplittableRandom random) {
        if (page.length < 2) {
            return page;
        }
        int at = random.nextInt(page.length);
        int end = Math.min(page.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(7)) {
            case 0 -> with(page, at, (byte) (page[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(page, at, (byte) random.nextInt(256));
            case 2 -> Arrays.copyOf(page, at);
            case 3 -> spliced(page, at, new byte[0], end);
            case 4 -> spliced(page, at, Arrays.copyOfRange(page, at, end), at);
            case 5 -> spliced(page, at, splinter(random), at);
            default -> with(with(page, at, page[end - 1]), end - 1, page[at]);
        };
    }

    private static byte[] splinter(SplittableRandom random) {
        return SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] with(byte[] page, int at, byte value) {
        byte[] changed = page.clone();
        changed[at] = value;
        return changed;
    }

    /** The page with the bytes from {@code at} to {@code end} replaced. */
    private static byte[] spliced(byte[] page, int at, byte[] middle, int end) {
        byte[] changed = new byte[at + middle.length + page.length - end];
        System.arraycopy(page, 0, changed, 0, at);
        System.arraycopy(middle, 0, changed, at, middle.length);
        System.arraycopy(page, end, changed, at + middle.length, page.length - end);
        return changed;
    }

    private static int indexOf(byte[] page, byte[] part, int from) {
        for (int at = from; at <= page.length - part.length; at++) {
            if (Arrays.equals(page, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
