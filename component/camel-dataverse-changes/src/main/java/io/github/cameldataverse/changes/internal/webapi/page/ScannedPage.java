package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.change.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body scanned to its closing brace.
 *
 * @param changes its rows and tombstones
 * @param rows whether it has the member {@code value}, and what else it has if not
 * @param nextLink as served; null if there is none
 * @param deltaLink as served; null if there is none
 * @param hasError whether it carries an error instead, which a gateway may send with status 200
 */
public record ScannedPage(
        List<Change> changes, Rows rows, @Nullable String nextLink, @Nullable String deltaLink, boolean hasError) {

    /** What a body tells of rows, which an OData collection always has in its member {@code value} (OData JSON Format 4.0, 12). */
    public enum Rows {
        /** There are some, or it says that there are none. */
        SERVED,
        /** It has members of the protocol only, with an at sign, or none at all. */
        LEFT_OUT,
        /** It is about something else. */
        OF_SOMETHING_ELSE;

        static Rows told(boolean hasValue, boolean hasOthers) {
            return hasValue ? SERVED : hasOthers ? OF_SOMETHING_ELSE : LEFT_OUT;
        }
    }

    /** An answer without a body. */
    public static ScannedPage ofNothing() {
        return new ScannedPage(List.of(), Rows.LEFT_OUT, null, null, false);
    }
}
