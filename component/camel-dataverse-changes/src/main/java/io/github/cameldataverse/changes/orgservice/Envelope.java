package io.github.cameldataverse.changes.orgservice;

import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.MalformedPageException;

/** Reads a SOAP 1.1 envelope, from the first to the last byte of the answer. */
record Envelope(XmlCursor xml) {

    /** @param content visits each element of the body */
    void read(XmlCursor.Visitor content) throws MalformedPageException, ServiceFault {
        xml.root(() -> {
            if (!xml.is(Names.SOAP, "Envelope")) {
                throw new MalformedPageException("The answer is no SOAP envelope");
            }
            inside(Names.SOAP, "Body", content);
        });
    }

    /** Visits what is in those elements, inside of the one in hand, that have this name. */
    void inside(String namespace, String name, XmlCursor.Visitor content) throws MalformedPageException, ServiceFault {
        xml.children(() -> {
            if (xml.is(namespace, name)) {
                xml.children(content);
            }
        });
    }

    /** Whether the element in hand is a fault. */
    boolean isFault() {
        return xml.is(Names.SOAP, "Fault");
    }
}
