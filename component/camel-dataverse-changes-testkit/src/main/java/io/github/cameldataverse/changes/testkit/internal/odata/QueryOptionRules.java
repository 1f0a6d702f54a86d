package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.List;

/** The query options that are refused. */
record QueryOptionRules(QueryParameters query, Switches switches) {
    private static final List<String> REFUSED = List.of("$filter", "$orderby", "$expand", "$top");

    /** With change tracking, each of them by the platform's own sentence. */
    void requireTrackable() {
        for (String option : REFUSED) {
            if (query.has(option)) {
                throw new ServiceRefusalException(
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
                throw new ServiceRefusalException(
                        501,
                        ErrorCodes.NONE,
                        "The simulator does not answer " + option
                                + " in ordinary queries; it simulates change tracking. Leave the option out.");
            }
        }
    }
}
