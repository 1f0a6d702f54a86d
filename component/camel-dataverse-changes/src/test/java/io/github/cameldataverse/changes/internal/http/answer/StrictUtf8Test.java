package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrictUtf8Test {

    @Test
    void everyCharacterIsValid() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(StrictUtf8.isValid(bytes, 0, bytes.length)).isTrue();
    }

    @Test
    void everyPairAndTripleOfBytesIsJudgedAsTheJdkJudgesIt() {
        for (int first = 0x80; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                assertAsTheJdk((byte) first, (byte) second);
                for (int third : new int[] {0, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
                    assertAsTheJdk((byte) first, (byte) second, (byte) third);
                }
            }
        }
    }

    @Test
    void soAreBytesByChance() {
        SplittableRandom random = new SplittableRandom(3629);
        int[] likely = {0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5};
        for (int sample = 0; sample < 200_000; sample++) {
            byte[] bytes = new byte[random.nextInt(1, 24)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(3) == 0 ? 'a' : likely[random.nextInt(likely.length)]);
            }
            assertAsTheJdk(bytes);
        }
    }

    @Test
    void onlyTheBytesOfTheRangeCount() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};

        assertThat(StrictUtf8.isValid(bytes, 1, 3)).isTrue();
        assertThat(StrictUtf8.isValid(bytes, 1, 2)).isFalse();
        assertThat(StrictUtf8.isValid(bytes, 1, 4)).isFalse();
        assertThat(StrictUtf8.isValid(bytes, 0, 2)).isFalse();
        assertThat(StrictUtf8.isValid(bytes, 2, 0)).isTrue();
    }

    private static void assertAsTheJdk(byte... bytes) {
        boolean valid;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            valid = true;
        } catch (CharacterCodingException e) {
            valid = false;
        }
        if (StrictUtf8.isValid(bytes, 0, bytes.length) != valid) {
            throw new AssertionError(
                    java.util.HexFormat.of().formatHex(bytes) + " is " + (valid ? "" : "not ") + "valid");
        }
    }
}
