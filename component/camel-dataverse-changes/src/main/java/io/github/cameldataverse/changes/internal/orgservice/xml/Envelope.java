package io.github.cameldataverse.changes.internal.orgservice.xml;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;

/** Reads a SOAP 1.1 envelope, from the first to the last byte of the answer. */
public record Envelope(XmlCursor xml) {

    /** @param content visits each element of the body */
    public void read(XmlCursor.Visitor content) throws MalformedPageException, ServiceFault {
        xml.root(() -> {
            if (!xml.is(Namespaces.SOAP, "Envelope")) {
                throw new MalformedPageException("The answer is no SOAP envelope");
            }
            inside(Namespaces.SOAP, "Body", content);
        });
    }

    /** Visits what is in those elements, inside of the current one, that have this name. */
    public void inside(String namespace, String name, XmlCursor.Visitor content)
            throws MalformedPageException, ServiceFault {
        xml.children(() -> {
            if (xml.is(namespace, name)) {
                xml.children(content);
            }
        });
    }

    /** Whether the current element is a fault. */
    public boolean isFault() {
        return xml.is(Namespaces.SOAP, "Fault");
    }
}
