package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Query;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.List;

/** The query options that are refused. */
record Options(Query query, Switches switches) {
    private static final List<String> REFUSED = List.of("$filter", "$orderby", "$expand", "$top");

    /** With change tracking, each of them by the platform's own sentence. */
    void requireTrackable() {
        for (String option : REFUSED) {
            if (query.has(option)) {
                throw new ServiceException(
                        400,
                        switches.get(Switch.FORBIDDEN_OPTION_CODE),
                        "The \"" + option + "\" query parameter isn't supported when Change Tracking is enabled.");
            }
        }
    }

    /** In ordinary queries the platform knows them; this simulator answers only {@code $top}, and says so. */
    void requireSimulated() {
        for (String option : List.of("$filter", "$orderby", "$expand", "$apply", "$search", "fetchXml", "savedQuery")) {
            if (query.has(option)) {
                throw new ServiceException(
                        501,
                        Codes.NONE,
                        "The simulator does not answer " + option
                                + " in ordinary queries; it simulates change tracking. Leave the option out.");
            }
        }
    }
}
