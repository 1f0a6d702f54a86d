package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.Optional;

/**
 * What a request demands of the row that it is for: to be there, not to be there, or to have this version still.
 *
 * @param match an etag, or an asterisk for any
 * @param noneMatch the same
 */
public record Preconditions(Optional<String> match, Optional<String> noneMatch) {
    private static final String ANY = "*";

    /** Those of a request. */
    public static Preconditions of(ServiceRequest request) {
        return new Preconditions(
                request.header("If-Match").map(String::trim),
                request.header("If-None-Match").map(String::trim));
    }

    /** Refuses a write of a row that is not as demanded. */
    public void require(Optional<StoredRow> row, RowAddress address) {
        if (match.isPresent()) {
            StoredRow present = row.orElseThrow(address::absent);
            if (!match.get().equals(ANY) && !match.get().equals(etag(present))) {
                throw new ServiceRefusalException(
                        412,
                        ErrorCodes.OTHER_VERSION,
                        "The version of the existing record doesn't match the RowVersion property provided.");
            }
        }
        if (row.isPresent() && noneMatch.filter(ANY::equals).isPresent()) {
            throw new ServiceRefusalException(
                    412, ErrorCodes.DUPLICATE_ROW, "A record with matching key values already exists.");
        }
    }

    /** Whether a reader has this version already. */
    boolean has(StoredRow row) {
        return noneMatch.filter(etag(row)::equals).isPresent();
    }

    static String etag(StoredRow row) {
        return "W/\"" + row.version() + "\"";
    }
}
