package io.github.cameldataverse.changes.testkit.internal.xml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * An element of a parsed document.
 *
 * @param name qualified name
 * @param type the qualified name in {@code i:type}
 * @param absent whether {@code i:nil} is true
 * @param text directly in the element
 * @param children in their order
 */
public record XmlElement(QName name, Optional<QName> type, boolean absent, String text, List<XmlElement> children) {
    public XmlElement {
        children = List.copyOf(children);
    }

    /** Whether it has this name. */
    public boolean is(SoapNamespace namespace, String local) {
        return name.getLocalPart().equals(local) && name.getNamespaceURI().equals(namespace.uri());
    }

    /** The first child with this name. */
    public Optional<XmlElement> child(SoapNamespace namespace, String local) {
        return children.stream().filter(each -> each.is(namespace, local)).findFirst();
    }

    /** The first element with this name, at any depth. */
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
