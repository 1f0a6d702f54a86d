package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.token.TokenCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a journal: lines of a checksum, a blank and a content in ASCII.
 *
 * <p>A line is written in one go, so what a crash leaves behind is a last line without its end. That one is ignored, as if
 * the crash had come a moment earlier. A whole line with a wrong checksum is no crash: somebody altered the file.
 *
 * @param lines contents of the whole lines
 * @param length bytes of the whole lines; appending goes on there
 */
record JournalText(List<String> lines, int length) {

    private static final int CHECKSUM = 8;

    /** What a power cut leaves of blocks that were not written yet; their size is a multiple of this. */
    private static final String HOLE = "\0".repeat(512);

    /** @param seed name of the journal; a line of another journal has another checksum */
    static byte[] line(String seed, String content) {
        return (TokenCodec.checksum(seed, content) + " " + content + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static JournalText parse(String seed, byte[] bytes) throws DamagedFileException {
        String text = whole(new String(bytes, StandardCharsets.ISO_8859_1));
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            lines.add(content(seed, text.substring(start, end), lines.size() + 1));
            start = end + 1;
        }
        return new JournalText(lines, text.length());
    }

    private static String whole(String text) {
        int hole = text.indexOf(HOLE);
        String written = hole < 0 ? text : text.substring(0, hole);
        return written.substring(0, written.lastIndexOf('\n') + 1);
    }

    private static String content(String seed, String line, int number) throws DamagedFileException {
        String content = line.substring(Math.min(line.length(), CHECKSUM + 1));
        if (!line.equals(TokenCodec.checksum(seed, content) + " " + content)) {
            throw new DamagedFileException("has an altered line " + number);
        }
        return content;
    }
}
