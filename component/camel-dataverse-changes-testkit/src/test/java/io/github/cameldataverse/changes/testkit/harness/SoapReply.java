package io.github.cameldataverse.changes.testkit.harness;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What came back from the Organization Service, read with its namespaces and by nothing else. */
public final class SoapReply {
    public static final String CONTRACTS = SoapCall.CONTRACTS;
    public static final String CHANGES = "http://schemas.microsoft.com/xrm/7.1/Contracts";
    public static final String COLLECTIONS = "http://schemas.datacontract.org/2004/07/System.Collections.Generic";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private final WebApiClient.Reply reply;

    public SoapReply(WebApiClient.Reply reply) {
        this.reply = reply;
    }

    public int status() {
        return reply.status();
    }

    public String header(String name) {
        return reply.header(name);
    }

    public String body() {
        return reply.body();
    }

    /** The items, upserts and tombstones. */
    public List<Element> items() {
        return children(the(CHANGES, "Changes"));
    }

    public List<String> ids() {
        return items().stream().map(SoapReply::id).toList();
    }

    public static String id(Element item) {
        return text(in(item, CONTRACTS, "Id", "NewOrUpdatedEntity", "RemovedItem"));
    }

    public Optional<String> dataToken() {
        return value(the(CHANGES, "DataToken"));
    }

    public Optional<String> pagingCookie() {
        return value(the(CHANGES, "PagingCookie"));
    }

    public boolean moreRecords() {
        return Boolean.parseBoolean(text(the(CHANGES, "MoreRecords")));
    }

    public int errorCode() {
        return Integer.parseInt(text(the(CONTRACTS, "ErrorCode")));
    }

    public String message() {
        return text(the(CONTRACTS, "Message"));
    }

    /** The one element of that name. */
    public Element the(String namespace, String name) {
        NodeList found = root().getElementsByTagNameNS(namespace, name);
        if (found.getLength() != 1) {
            throw new AssertionError(found.getLength() + " elements " + name + " in " + body());
        }
        return (Element) found.item(0);
    }

    /** The attributes of an upsert: the element {@code value} of each, by key. */
    public static Map<String, Element> attributes(Element item) {
        return pairs(in(item, CONTRACTS, "Attributes", "NewOrUpdatedEntity"));
    }

    public static Map<String, Element> pairs(Element list) {
        Map<String, Element> values = new LinkedHashMap<>();
        children(list)
                .forEach(pair ->
                        values.put(text(children(pair).get(0)), children(pair).get(1)));
        return values;
    }

    /** A member of an item's entity or reference. */
    public static Element in(Element item, String namespace, String name, String... holders) {
        return children(item).stream()
                .filter(child -> List.of(holders).contains(child.getLocalName()))
                .flatMap(holder -> children(holder).stream())
                .filter(child -> child.getLocalName().equals(name) && namespace.equals(child.getNamespaceURI()))
                .findFirst()
                .orElseThrow();
    }

    /** What {@code i:type} says, resolved where it stands. */
    public static QName type(Element element) {
        String[] parts = element.getAttributeNS(INSTANCE, "type").split(":");
        return parts.length == 1
                ? new QName(element.lookupNamespaceURI(null), parts[0])
                : new QName(element.lookupNamespaceURI(parts[0]), parts[1]);
    }

    public static Optional<String> value(Element element) {
        return Optional.of(text(element)).filter(any -> !"true".equals(element.getAttributeNS(INSTANCE, "nil")));
    }

    public static String text(Element element) {
        return element.getTextContent();
    }

    public static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = element.getChildNodes();
        IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .forEach(node -> children.add((Element) node));
        return children;
    }

    public static List<String> names(Element element) {
        return children(element).stream().map(Element::getLocalName).toList();
    }

    public Element root() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body().getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (Exception malformed) {
            throw new AssertionError("Not well-formed: " + body(), malformed);
        }
    }
}
