package io.github.cameldataverse.changes.testkit.internal.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.zip.CRC32;

/** A line of the journal: checksum, space, text. */
final class JournalLine {
    /** The position where the text begins. */
    static final int TEXT = 9;

    private static final HexFormat HEX = HexFormat.of();

    private JournalLine() {}

    static byte[] of(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] line = new byte[TEXT + bytes.length + 1];
        System.arraycopy(bytes, 0, line, TEXT, bytes.length);
        byte[] checksum = checksum(bytes, 0, bytes.length);
        System.arraycopy(checksum, 0, line, 0, checksum.length);
        line[TEXT - 1] = ' ';
        line[line.length - 1] = '\n';
        return line;
    }

    /** Whether a line, without its line end, matches its checksum. */
    static boolean isWhole(byte[] line) {
        if (line.length <= TEXT || line[TEXT - 1] != ' ') {
            return false;
        }
        byte[] checksum = checksum(line, TEXT, line.length - TEXT);
        for (int i = 0; i < checksum.length; i++) {
            if (checksum[i] != line[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] checksum(byte[] bytes, int from, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, count);
        return HEX.toHexDigits(crc.getValue(), 8).getBytes(US_ASCII);
    }
}
