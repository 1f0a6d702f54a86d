package io.github.cameldataverse.changes.testkit.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of its control information a response in JSON has (OData JSON Format 4.0, section 3.1). */
public enum MetadataLevel {
    /** Links, counts and annotations that are asked for. */
    NONE("none"),
    /** What a client cannot compute from the metadata document. */
    MINIMAL("minimal"),
    /** All of it, the types of values included. */
    FULL("full");

    private static final Pattern PARAMETER =
            Pattern.compile("odata\\.metadata\\s*=\\s*\"?(none|minimal|full)", Pattern.CASE_INSENSITIVE);

    private final String text;

    MetadataLevel(String text) {
        this.text = text;
    }

    /** The level that an {@code Accept} header asks for. */
    static MetadataLevel of(String accept) {
        Matcher matcher = PARAMETER.matcher(accept);
        for (MetadataLevel each : values()) {
            if (matcher.find(0) && matcher.group(1).equalsIgnoreCase(each.text)) {
                return each;
            }
        }
        return MINIMAL;
    }

    /** The content type of a response at this level. */
    public String contentType() {
        return "application/json; odata.metadata=" + text;
    }
}
