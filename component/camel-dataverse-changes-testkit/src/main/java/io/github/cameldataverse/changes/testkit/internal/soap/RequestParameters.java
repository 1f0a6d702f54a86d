package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;

/** The parameters of an organization request, by name. */
final class RequestParameters {
    private final Map<String, XmlElement> values = new HashMap<>();

    RequestParameters(XmlElement parameters) {
        for (XmlElement pair : parameters.children()) {
            DataContractMembers members =
                    new DataContractMembers(pair, SoapNamespace.COLLECTIONS, List.of("key", "value"));
            String key =
                    members.value("key").orElseThrow(() -> MalformedSoapException.malformed("A parameter has no key."));
            members.get("value").filter(value -> !value.absent()).ifPresent(value -> values.put(key, value));
        }
    }

    /** A parameter that must be there. */
    XmlElement required(String name, SoapNamespace namespace, String type) {
        return optional(name, namespace, type)
                .orElseThrow(() -> new ServiceRefusalException(
                        500, ErrorCodes.INVALID_ARGUMENT, "Required field '" + name + "' is missing"));
    }

    /** A parameter that may be missing or without a value; if it has one, it must have this type. */
    Optional<XmlElement> optional(String name, SoapNamespace namespace, String type) {
        Optional<XmlElement> value = Optional.ofNullable(values.get(name));
        value.ifPresent(present -> requireType(present, name, new QName(namespace.uri(), type)));
        return value;
    }

    private static void requireType(XmlElement value, String name, QName wanted) {
        if (!value.type().filter(wanted::equals).isPresent()) {
            throw MalformedSoapException.malformed("The parameter '" + name + "' needs the i:type " + wanted + ", not "
                    + value.type().map(QName::toString).orElse("none") + ".");
        }
    }
}
