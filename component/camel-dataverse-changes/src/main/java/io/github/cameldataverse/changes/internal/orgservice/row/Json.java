package io.github.cameldataverse.changes.internal.orgservice.row;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text on its way into JSON. */
final class Json {

    private Json() {}

    /** The text in quotes. */
    static String text(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }
}
