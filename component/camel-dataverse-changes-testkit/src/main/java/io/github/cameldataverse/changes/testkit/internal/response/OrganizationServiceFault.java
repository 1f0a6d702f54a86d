package io.github.cameldataverse.changes.testkit.internal.response;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.COLLECTIONS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.INSTANCE;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.NONE;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERIALIZATION;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SOAP;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.xml.NamespacePrefixes;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A SOAP fault with an OrganizationServiceFault as its detail. The error code is the signed decimal number of what the Web
 * API writes in hex.
 *
 * @param code in the format of the Web API
 * @param message for the caller
 * @param retryAfter the wait before the next request as an XML duration, if there is one
 */
public record OrganizationServiceFault(String code, String message, Optional<String> retryAfter) {
    private static final List<String> UNUSED = List.of("InnerFault", "OriginalException", "TraceText");

    /** The response with 500, the usual status of SOAP faults. */
    public ServiceResponse answer() {
        return answer(500, NamespacePrefixes.USUAL);
    }

    /** The response with this status. */
    public ServiceResponse answer(int status, NamespacePrefixes prefixes) {
        ByteSink sink = new ByteSink();
        XmlWriter xml = new XmlWriter(sink, prefixes);
        open(xml, SOAP, "Client", message);
        writeDetail(xml);
        close(xml);
        return SoapMessages.answer(status, sink);
    }

    /** A fault of the layer below: the request did not reach the service. */
    public static ServiceResponse byDispatcher(String name, String message, NamespacePrefixes prefixes) {
        ByteSink sink = new ByteSink();
        XmlWriter xml = new XmlWriter(sink, prefixes);
        open(xml, SoapNamespace.DISPATCHER, name, message);
        close(xml);
        return SoapMessages.answer(500, sink);
    }

    /** The decimal number of a code in hex; 0 if it is no such code. */
    public static int decimal(String code) {
        return code.matches("0x[0-9A-Fa-f]{1,8}") ? Integer.parseUnsignedInt(code.substring(2), 16) : 0;
    }

    private static void open(XmlWriter xml, SoapNamespace namespace, String faultCode, String message) {
        xml.open(SOAP, "Envelope").open(SOAP, "Body").open(SOAP, "Fault");
        xml.open(NONE, "faultcode").name(namespace, faultCode).close();
        xml.open(NONE, "faultstring")
                .attribute("xml:lang", "en-US")
                .text(message)
                .close();
    }

    private static void close(XmlWriter xml) {
        xml.close().close().close();
    }

    /** The members of the base class first, then its own, both in alphabetical order. */
    private void writeDetail(XmlWriter xml) {
        xml.open(NONE, "detail").open(CONTRACTS, "OrganizationServiceFault").declare(INSTANCE);
        xml.leaf(CONTRACTS, "ActivityId", UUID.randomUUID().toString());
        xml.leaf(CONTRACTS, "ErrorCode", Integer.toString(decimal(code)));
        writeErrorDetails(xml);
        xml.absent(CONTRACTS, "HelpLink");
        xml.leaf(CONTRACTS, "Message", message);
        xml.leaf(
                CONTRACTS,
                "Timestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        xml.leaf(CONTRACTS, "ExceptionRetriable", "false").absent(CONTRACTS, "ExceptionSource");
        UNUSED.forEach(name -> xml.absent(CONTRACTS, name));
        xml.close().close();
    }

    private void writeErrorDetails(XmlWriter xml) {
        xml.open(CONTRACTS, "ErrorDetails").declare(COLLECTIONS);
        retryAfter.ifPresent(duration -> {
            xml.open(CONTRACTS, "KeyValuePairOfstringanyType").leaf(COLLECTIONS, "key", "Retry-After");
            xml.open(COLLECTIONS, "value")
                    .type(SERIALIZATION, "duration")
                    .text(duration)
                    .close();
            xml.close();
        });
        xml.close();
    }
}
