package io.github.cameldataverse.changes.token.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What the journal of known ids says of one id, as bytes: a letter, a round, and 16 bytes for a GUID or a text. */
final class KnownIdsEntry {

    /** Says that all before it is the bare list, without anything that was overtaken. */
    static final byte BASE = 'B';

    /**
     * Says of no id that a round has begun. With a round below zero it says up to which byte the file was forced to the
     * disk, which earlier versions pass over.
     */
    static final byte ROUND = 'R';

    private static final int TEXT = 0x20;
    private static final int WITHOUT_ID = 1 + Long.BYTES;

    /** Says that what is of this round was offered by an attempt that was given up. */
    static final byte ANEW = 'A';

    /** What happened to an id; the letter is in upper case before a GUID and in lower case before a text. */
    enum Kind {
        /** Is about to be offered in this round. */
        EXPECTED('E'),
        /** A delete was accepted. */
        GONE('G'),
        /** A derived delete was accepted: counts only for an id of an older round. */
        FORGOTTEN('F');

        private final byte letter;

        Kind(char letter) {
            this.letter = (byte) letter;
        }
    }

    private KnownIdsEntry() {}

    /** A block which says that the file was forced up to a byte. */
    static byte[] forced(long length) {
        return ByteBuffer.allocate(WITHOUT_ID).put(ROUND).putLong(-length).array();
    }

    /** Up to which byte the file was forced, if the block says that; else 0. */
    static long forcedBy(byte[] block) {
        boolean says = block.length == WITHOUT_ID && block[0] == ROUND;
        return says ? Math.max(0, -ByteBuffer.wrap(block).getLong(1)) : 0;
    }

    static boolean isGuid(String id) {
        if (id.length() != 36) {
            return false;
        }
        try {
            return UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads all entries of a block. */
    static void read(ByteBuffer block, Reader reader) {
        while (block.hasRemaining()) {
            byte letter = block.get();
            long round = block.getLong();
            if (letter == ROUND || letter == BASE) {
                reader.round(round);
            } else if (letter == ANEW) {
                reader.anew(round);
            } else {
                readId(block, letter, round, reader);
            }
        }
    }

    private static void readId(ByteBuffer block, byte letter, long round, Reader reader) {
        Kind kind = kind((byte) (letter & ~TEXT));
        if ((letter & TEXT) == 0) {
            reader.entry(kind, round, block.getLong(), block.getLong());
        } else {
            byte[] text = new byte[block.getShort()];
            block.get(text);
            reader.entry(kind, round, new String(text, StandardCharsets.US_ASCII));
        }
    }

    private static Kind kind(byte letter) {
        for (Kind kind : Kind.values()) {
            if (kind.letter == letter) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no entry begins with " + letter);
    }

    /** Receives the entries in their order. */
    interface Reader {
        /** A round that brought a change. */
        void round(long round);

        /** What is of this round counts as older from here on. */
        void anew(long round);

        /** An entry of a GUID. */
        void entry(Kind kind, long round, long idHigh, long idLow);

        /** An entry of another id. */
        void entry(Kind kind, long round, String id);
    }

    /** Where the bytes of entries go, some thousand entries at a time. */
    interface Blocks {
        void add(byte[] entries) throws IOException;
    }

    /** Writes entries. */
    static final class Writer {

        private static final int BLOCK = 64 * 1024;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private final Blocks blocks;

        Writer(Blocks blocks) {
            this.blocks = blocks;
        }

        void write(Kind kind, long round, String id) throws IOException {
            if (isGuid(id)) {
                UUID guid = UUID.fromString(id);
                write(kind, round, guid.getMostSignificantBits(), guid.getLeastSignificantBits());
                return;
            }
            byte[] text = id.getBytes(StandardCharsets.US_ASCII);
            write((byte) (kind.letter | TEXT), round);
            out.writeShort(text.length);
            out.write(text);
        }

        void write(Kind kind, long round, long idHigh, long idLow) throws IOException {
            write(kind.letter, round);
            out.writeLong(idHigh);
            out.writeLong(idLow);
        }

        /** Begins an entry; one without an id ends here too. */
        void write(byte letter, long round) throws IOException {
            if (bytes.size() >= BLOCK) {
                flush();
            }
            out.writeByte(letter);
            out.writeLong(round);
        }

        void flush() throws IOException {
            if (bytes.size() > 0) {
                blocks.add(bytes.toByteArray());
                bytes.reset();
            }
        }
    }
}
