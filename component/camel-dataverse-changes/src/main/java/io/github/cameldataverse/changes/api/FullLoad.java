package io.github.cameldataverse.changes.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FullLoadGuard} is told of a full load. Immutable.
 *
 * @param subscription table, name and organization of the reader
 * @param moment why it is asked
 * @param tokenObtained when the service gave the token that has expired; null where there is none
 * @param rowsRead rows that the load has brought; 0 before its first request
 * @param knownIds records that the sinks may hold, as far as that is kept (option {@code knownIds}); 0 if it is not
 * @param missing known records that the load did not bring, for each of which a delete is about to be delivered; 0 before
 *     the first request
 */
public record FullLoad(
        String subscription,
        Moment moment,
        @Nullable Instant tokenObtained,
        long rowsRead,
        long knownIds,
        long missing) {

    /** Why the guard is asked. */
    public enum Moment {
        /** No token is stored, and nothing tells that there ever was one. */
        FIRST_LOAD,
        /** No token is stored, but records were delivered before. */
        LOST_TOKEN,
        /** The service no longer knows the token, and {@code onTokenExpired} is {@code resync}. */
        EXPIRED_TOKEN,
        /** All rows are delivered, and what they leave is about to be deleted. */
        DERIVED_DELETES
    }
}
