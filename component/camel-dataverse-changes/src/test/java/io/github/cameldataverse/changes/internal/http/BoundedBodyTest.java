package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1024, 65_535, 65_536, 65_537, 131_072, 300_000})
    @ProvesFault("S9")
    void aBodyUpToTheLimitIsReadWhole(int limit) throws Exception {
        for (int length : new int[] {0, limit - 1, limit}) {
            byte[] bytes = random(length);

            Body body = new BoundedBody(limit).read(new ByteArrayInputStream(bytes));

            assertThat(body.length()).isEqualTo(length);
            assertThat(Arrays.copyOf(body.bytes(), length)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1024, 65_535, 65_536, 65_537, 131_072, 300_000})
    @ProvesFault("S9")
    void oneByteMoreIsTooMuch(int limit) {
        assertThatThrownBy(() -> new BoundedBody(limit).read(new ByteArrayInputStream(random(limit + 1))))
                .isInstanceOf(BoundedBody.BodyTooLargeException.class)
                .hasMessage("The answer is larger than " + limit + " bytes; ask for smaller pages with maxPageSize, or"
                        + " allow larger ones with maxPageBytes");
    }

    @Test
    @ProvesFault("S9")
    void anEndlessBodyIsLeftAtTheLimit() {
        InputStream endless = new InputStream() {
            private int given;

            @Override
            public int read() {
                if (++given > 100_001) {
                    throw new AssertionError("read on behind the limit");
                }
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = (byte) read();
                return 1;
            }
        };

        assertThatThrownBy(() -> new BoundedBody(100_000).read(endless))
                .isInstanceOf(BoundedBody.BodyTooLargeException.class);
    }

    @Test
    void bytesThatComeOneByOneAreThoseThatWereSent() throws IOException {
        byte[] bytes = random(70_000);
        InputStream dribble = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(1, length));
            }
        };

        Body body = new BoundedBody(70_000).read(dribble);

        assertThat(Arrays.copyOf(body.bytes(), body.length())).isEqualTo(bytes);
    }

    @Test
    void onceABodyTurnsOutToBeLargeThereIsRoomForAsMuchAsCameLast() throws IOException {
        BoundedBody body = new BoundedBody(1_000_000);

        assertThat(roomFor(body, 800_000)).isLessThan(1_000_002);
        assertThat(roomFor(body, 820_000)).isEqualTo(900_000);
        assertThat(roomFor(body, 70_000)).as("of the last page of a load").isEqualTo(70_000);
    }

    /** Of a look-up between two pages, of an idle poll; and what a route keeps of its rows. */
    @Test
    @ProvesFault("S9")
    void aSmallBodyTakesLittleWhateverCameBeforeIt() throws IOException {
        BoundedBody body = new BoundedBody(10_000_000);

        assertThat(roomFor(body, 9_000_000)).isGreaterThan(9_000_000);
        assertThat(roomFor(body, 200)).isLessThanOrEqualTo(1 << 16);
        assertThat(roomFor(body, 9_000_000)).isGreaterThan(9_000_000);
    }

    private static int roomFor(BoundedBody body, int length) throws IOException {
        return body.read(new ByteArrayInputStream(random(length))).bytes().length;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
