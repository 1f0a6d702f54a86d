package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.COLLECTIONS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.INSTANCE;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERVICES;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SOAP;

import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the response of a message: its name, and its results by name.
 *
 * @param namespace of the type of the response
 * @param message its name
 */
record OrganizationResponse(SoapNamespace namespace, String message) {
    /** Each result is the writer of its value, which begins with the {@code i:type} of it. */
    void write(XmlWriter xml, Map<String, Consumer<XmlWriter>> results) {
        xml.open(SOAP, "Envelope").open(SOAP, "Body").open(SERVICES, "ExecuteResponse");
        xml.open(SERVICES, "ExecuteResult").declare(CONTRACTS, INSTANCE).type(namespace, message + "Response");
        xml.leaf(CONTRACTS, "ResponseName", message);
        xml.open(CONTRACTS, "Results").declare(COLLECTIONS);
        results.forEach((name, value) -> {
            xml.open(CONTRACTS, "KeyValuePairOfstringanyType").leaf(COLLECTIONS, "key", name);
            xml.open(COLLECTIONS, "value");
            value.accept(xml);
            xml.close().close();
        });
        xml.close().close().close().close().close();
    }
}
