package io.github.cameldataverse.changes.internal.http.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether bytes are UTF-8 (RFC 3629, section 4). Jackson lets overlong forms and surrogates pass; as text they
 * become other characters than were sent. A decoder of the JDK tells it too, at half the speed of the scan itself.
 */
public final class StrictUtf8 {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] bytes;
    private final int end;

    private StrictUtf8(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Whether the bytes from an offset on are characters to the last one. */
    public static boolean isValid(byte[] bytes, int start, int length) {
        return new StrictUtf8(bytes, start + length).isValidFrom(start);
    }

    private boolean isValidFrom(int start) {
        int at = afterAscii(start);
        while (at < end) {
            int length = lengthOf(at);
            if (length == 0) {
                return false;
            }
            at = afterAscii(at + length);
        }
        return true;
    }

    private int afterAscii(int from) {
        int at = from;
        while (at + Long.BYTES <= end && ((long) EIGHT_BYTES.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Length of the character that begins with a byte above 0x7F; 0 if there is none. */
    private int lengthOf(int at) {
        int first = bytes[at] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return isTail(at + 1) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return isSecondOfThree(first, at + 1) && isTail(at + 2) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            return isSecondOfFour(first, at + 1) && isTail(at + 2) && isTail(at + 3) ? 4 : 0;
        }
        return 0;
    }

    private boolean isSecondOfThree(int first, int at) {
        return first == 0xE0 ? lies(at, 0xA0, 0xBF) : first == 0xED ? lies(at, 0x80, 0x9F) : isTail(at);
    }

    private boolean isSecondOfFour(int first, int at) {
        return first == 0xF0 ? lies(at, 0x90, 0xBF) : first == 0xF4 ? lies(at, 0x80, 0x8F) : isTail(at);
    }

    private boolean isTail(int at) {
        return lies(at, 0x80, 0xBF);
    }

    private boolean lies(int at, int least, int most) {
        return at < end && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
    }
}
