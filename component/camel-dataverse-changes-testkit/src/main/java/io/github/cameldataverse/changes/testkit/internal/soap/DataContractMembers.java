package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a data contract, read as the serializer of the platform does: it expects them in alphabetical order, and
 * silently ignores a member that follows a later one.
 */
final class DataContractMembers {
    private final Map<String, XmlElement> byName = new HashMap<>();

    /**
     * Reads the members of an element.
     *
     * @param inOrder the names in the order of the contract; other members are ignored
     */
    DataContractMembers(XmlElement element, SoapNamespace namespace, List<String> inOrder) {
        int reached = -1;
        for (XmlElement child : element.children()) {
            int place = inOrder.indexOf(child.name().getLocalPart());
            if (place > reached && child.is(namespace, inOrder.get(place))) {
                byName.put(inOrder.get(place), child);
                reached = place;
            }
        }
    }

    Optional<XmlElement> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The text of a member that has a value. */
    Optional<String> value(String name) {
        return get(name).flatMap(XmlElement::value);
    }
}
