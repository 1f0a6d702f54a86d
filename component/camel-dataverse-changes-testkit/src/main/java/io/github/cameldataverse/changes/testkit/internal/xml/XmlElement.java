package io.github.cameldataverse.changes.testkit.internal.xml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * An element as it was read.
 *
 * @param name with its namespace
 * @param type what {@code i:type} says, resolved
 * @param absent whether {@code i:nil} says that there is no value
 * @param text directly in it
 * @param children in their order
 */
public record XmlElement(QName name, Optional<QName> type, boolean absent, String text, List<XmlElement> children) {
    public XmlElement {
        children = List.copyOf(children);
    }

    /** Whether it is called that. */
    public boolean is(SoapNamespace namespace, String local) {
        return name.getLocalPart().equals(local) && name.getNamespaceURI().equals(namespace.uri());
    }

    /** The first child of that name. */
    public Optional<XmlElement> child(SoapNamespace namespace, String local) {
        return children.stream().filter(each -> each.is(namespace, local)).findFirst();
    }

    /** The first element of that name, at any depth. */
    public Optional<XmlElement> find(SoapNamespace namespace, String local) {
        return all().filter(each -> each.is(namespace, local)).findFirst();
    }

    /** The text, unless there is no value or an empty one. */
    public Optional<String> value() {
        return Optional.of(text.trim()).filter(each -> !absent && !each.isEmpty());
    }

    private Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }
}
