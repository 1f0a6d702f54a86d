package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.SubscriptionId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The text of a token as a row of symbols of six bits, and back. Every symbol becomes a key, so the text is deflated,
 * with the words that it probably has as a dictionary. The dictionary is part of the stored format, and never changes.
 */
final class LedgerSymbols {

    /** How many symbols there are; a reader has to ask for each of them. */
    static final int KINDS = 64;

    private static final int BITS = 6;
    private static final int MOST_BYTES = 1 << 20;

    private LedgerSymbols() {}

    static List<Integer> of(SubscriptionId subscription, String text) {
        byte[] bytes = deflated(dictionary(subscription), text.getBytes(StandardCharsets.US_ASCII));
        List<Integer> symbols = new ArrayList<>();
        for (int bit = 0; bit < 8 * bytes.length; bit += BITS) {
            symbols.add(sixBits(bytes, bit));
        }
        return List.copyOf(symbols);
    }

    private static int sixBits(byte[] bytes, int from) {
        int value = 0;
        for (int bit = from; bit < from + BITS; bit++) {
            int set = bit < 8 * bytes.length ? bytes[bit / 8] >> 7 - bit % 8 & 1 : 0;
            value = value << 1 | set;
        }
        return value;
    }

    /** @throws DataFormatException if these are not the symbols of any text */
    static String text(SubscriptionId subscription, List<Integer> symbols) throws DataFormatException {
        byte[] bytes = new byte[symbols.size() * BITS / 8];
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            int set = symbols.get(bit / BITS) >> BITS - 1 - bit % BITS & 1;
            bytes[bit / 8] |= (byte) (set << 7 - bit % 8);
        }
        return new String(inflated(dictionary(subscription), bytes), StandardCharsets.US_ASCII);
    }

    private static byte[] deflated(byte[] dictionary, byte[] text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(dictionary);
            deflater.setInput(text);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1024];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflated(byte[] dictionary, byte[] bytes) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary);
            inflater.setInput(bytes);
            byte[] text = new byte[MOST_BYTES];
            int length = inflater.inflate(text);
            if (!inflater.finished()) {
                throw new DataFormatException("no end");
            }
            return Arrays.copyOf(text, length);
        } finally {
            inflater.end();
        }
    }

    private static byte[] dictionary(SubscriptionId subscription) {
        String origin = subscription.origin();
        String table = subscription.table();
        return ("\"roundLink\":null,\"phase\":\"INITIAL\",\"phase\":\"RESYNC\",\"fingerprint\":\"\"}\n"
                        + "dataverse-changes-token 1 {\"origin\":\"" + origin + "\",\"table\":\"" + table
                        + "\",\"name\":\"" + subscription.name()
                        + "\",\"revision\":1,\"round\":1,\"phase\":\"DELTA\",\"roundLink\":\"" + origin
                        + "/api/data/v9.2/" + table + "s?$select=&$deltatoken=%21%2f2026%20%3a"
                        + "\",\"pageLink\":null,\"pages\":0,\"rows\":0,\"obtained\":\"2026-0"
                        + "Z\",\"fingerprint\":\"api=webApi;select=;annotations=\"}\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
