package io.github.cameldataverse.changes.testkit.internal.journal;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a journal. A last line that a crash has left incomplete is ignored; damage anywhere else is refused. */
final class OrganizationJournalReader {
    private final Path file;
    private long goodBytes;
    private long entries;

    OrganizationJournalReader(Path file) {
        this.file = file;
    }

    /** Passes on every event in order. */
    void read(Consumer<OrganizationEvent> replay) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Optional<byte[]> line = nextLine(in);
            while (line.isPresent()) {
                Optional<byte[]> next = nextLine(in);
                readLine(line.get(), next.isEmpty(), replay);
                line = next;
            }
        }
    }

    /** The number of bytes up to the end of the last good line. */
    long goodBytes() {
        return goodBytes;
    }

    /** The number of events read. */
    long entries() {
        return entries;
    }

    private void readLine(byte[] line, boolean last, Consumer<OrganizationEvent> replay) {
        if (JournalLine.isWhole(line)) {
            accept(line, replay);
        } else if (!last) {
            throw damaged("its checksum does not fit");
        }
    }

    private void accept(byte[] line, Consumer<OrganizationEvent> replay) {
        try {
            replay.accept(JournalEntry.parse(line, JournalLine.TEXT));
        } catch (IOException | IllegalArgumentException unknown) {
            throw damaged("it holds an entry that this version does not know");
        }
        entries++;
        goodBytes += line.length + 1;
    }

    /**
     * The next line without its line end. A line without one is incomplete; it loses its last byte, so that its checksum cannot
     * match even if only the line end is missing.
     */
    private static Optional<byte[]> nextLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
        int next = in.read();
        while (next != '\n' && next != -1) {
            line.write(next);
            next = in.read();
        }
        boolean nothing = next == -1 && line.size() == 0;
        return nothing ? Optional.empty() : Optional.of(next == -1 ? incomplete(line) : line.toByteArray());
    }

    private static byte[] incomplete(ByteArrayOutputStream line) {
        byte[] bytes = line.toByteArray();
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    private IllegalStateException damaged(String why) {
        return new IllegalStateException("The journal " + file + " cannot be read: in line " + (entries + 1) + ", "
                + why + ". Remove the file to start with an empty organization");
    }
}
