package io.github.cameldataverse.changes.internal.digest;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C: finds damage, not forgery. The checksum of a part begins with a seed, the name of the whole that it is a part
 * of, so that the same content in another file has another checksum.
 */
public final class Checksum {

    private Checksum() {}

    public static int of(byte[] seed, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(seed);
        crc.update(content);
        return (int) crc.getValue();
    }

    /** Of two texts in UTF-8, as eight hexadecimal digits. */
    public static String hex(String seed, String content) {
        return HexFormat.of()
                .toHexDigits(of(seed.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8)));
    }
}
