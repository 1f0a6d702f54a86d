package io.github.cameldataverse.changes.token;

/**
 * One accepted change. Both texts are plain enough to be read back unchanged from any file and any database.
 *
 * @param recordId id of the record
 * @param what its version, or a word for a delete
 */
public record Delivery(String recordId, String what) {

    private static final int MAX_LENGTH = 500;

    public Delivery {
        checkId(recordId);
        check("version of a record", what);
    }

    public static void checkId(String recordId) {
        check("id of a record", recordId);
    }

    private static void check(String name, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(Delivery::isPlain)) {
            throw new IllegalArgumentException("The " + name + " must be 1 to " + MAX_LENGTH
                    + " printable ASCII characters; got one of " + text.length() + " characters.");
        }
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character <= '~';
    }
}
