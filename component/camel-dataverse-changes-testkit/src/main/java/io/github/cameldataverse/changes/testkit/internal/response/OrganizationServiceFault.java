package io.github.cameldataverse.changes.testkit.internal.response;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.COLLECTIONS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.INSTANCE;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.NONE;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERIALIZATION;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SOAP;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
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
 * A refusal as the Organization Service puts it: a SOAP fault with an OrganizationServiceFault in it, whose code is the
 * signed decimal number of what the Web API writes in hex.
 *
 * @param code as the Web API writes it
 * @param message to the caller
 * @param retryAfter when to ask again, as an XML duration, if that is said
 */
public record OrganizationServiceFault(String code, String message, Optional<String> retryAfter) {
    private static final List<String> UNUSED = List.of("InnerFault", "OriginalException", "TraceText");

    /** The answer, with the status that every SOAP fault has. */
    public ServiceResponse answer() {
        return answer(500, NamespacePrefixes.USUAL);
    }

    /** The answer. */
    public ServiceResponse answer(int status, NamespacePrefixes prefixes) {
        ByteSink sink = new ByteSink();
        XmlWriter xml = new XmlWriter(sink, prefixes);
        open(xml, SOAP, "Client", message);
        writeDetail(xml);
        close(xml);
        return SoapMessages.answer(status, ResponseBody.of(sink));
    }

    /** A fault of the layer below: the request did not reach the service. */
    public static ServiceResponse ofDispatcher(String name, String message, NamespacePrefixes prefixes) {
        ByteSink sink = new ByteSink();
        XmlWriter xml = new XmlWriter(sink, prefixes);
        open(xml, SoapNamespace.DISPATCHER, name, message);
        close(xml);
        return SoapMessages.answer(500, ResponseBody.of(sink));
    }

    /** The number of a code that the Web API writes in hex; 0 if it is none. */
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

    /** Members of the base class first, then its own, both by the alphabet. */
    private void writeDetail(XmlWriter xml) {
        xml.open(NONE, "detail").open(CONTRACTS, "OrganizationServiceFault").holds(INSTANCE);
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
        xml.open(CONTRACTS, "ErrorDetails").holds(COLLECTIONS);
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
