package io.github.cameldataverse.changes.internal.orgservice.xml;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import org.jspecify.annotations.Nullable;

/** Reads a list of pairs of a key and a value, which is how the service writes maps of all kinds. */
public record KeyValuePairs(XmlCursor xml) {

    /** Reads the value at which the cursor stands. */
    public interface Values {

        void take(String key) throws MalformedPageException, ServiceFault;
    }

    /** Reads the current list. The key stands before the value; the other way around it would be something else. */
    public void each(Values values) throws MalformedPageException, ServiceFault {
        xml.children(() -> {
            String[] key = new String[1];
            xml.children(() -> {
                if (xml.is(Namespaces.PAIRS, "key")) {
                    key[0] = xml.text();
                } else if (xml.is(Namespaces.PAIRS, "value")) {
                    values.take(required(key[0]));
                }
            });
            required(key[0]);
        });
    }

    private static String required(@Nullable String key) throws MalformedPageException {
        if (key == null) {
            throw new MalformedPageException("The answer has a value without a key before it");
        }
        return key;
    }
}
