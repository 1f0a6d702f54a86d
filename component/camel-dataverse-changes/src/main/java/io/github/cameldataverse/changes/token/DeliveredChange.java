package io.github.cameldataverse.changes.token;

import java.util.List;
import java.util.Map;

/**
 * One accepted change, as a repository notes it. Both texts are 1 to 500 printable ASCII characters, so that any file and
 * any database column gives them back unchanged.
 *
 * <p>A repository makes one of the arguments of {@link DeltaTokenRepository#delivered} before it writes anything, and
 * checks the ids given to {@link KnownIds} with {@link #checkRecordId}: both contracts ask for the exceptions thrown here.
 * Immutable.
 *
 * @param recordId id of the record
 * @param what its version, or a word for a delete
 */
public record DeliveredChange(String recordId, String what) {

    private static final int MAX_LENGTH = 500;

    /** @throws IllegalArgumentException if one of the texts could not be read back unchanged */
    public DeliveredChange {
        checkRecordId(recordId);
        check("version of a record", what);
    }

    /**
     * Those of a map of record id to version or word.
     *
     * @throws IllegalArgumentException if one of the texts could not be read back unchanged
     */
    public static List<DeliveredChange> all(Map<String, String> delivered) {
        return delivered.entrySet().stream()
                .map(note -> new DeliveredChange(note.getKey(), note.getValue()))
                .toList();
    }

    /**
     * Checks the id of a record.
     *
     * @throws IllegalArgumentException if it could not be read back unchanged
     */
    public static void checkRecordId(String recordId) {
        check("id of a record", recordId);
    }

    private static void check(String name, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !isPlain(text)) {
            throw new IllegalArgumentException("The " + name + " must be 1 to " + MAX_LENGTH
                    + " printable ASCII characters; got one of " + text.length() + " characters.");
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
