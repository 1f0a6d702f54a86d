package io.github.cameldataverse.changes.testkit.internal.xml;

import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements one after the other, and declares each namespace where the {@link NamespacePrefixes} say. Every method
 * returns the writer. Not thread-safe.
 */
public final class XmlWriter {
    private final ByteSink sink;
    private final NamespacePrefixes prefixes;
    private final NamespaceScope scope = new NamespaceScope();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /** A writer to this sink. */
    public XmlWriter(ByteSink sink, NamespacePrefixes prefixes) {
        this.sink = sink;
        this.prefixes = prefixes;
    }

    /** Begins an element. Its attributes follow, then its content, then {@link #close}. */
    public XmlWriter open(SoapNamespace namespace, String name) {
        finishTag();
        String prefix = prefixes.ofElements().apply(namespace);
        String qualified = qualified(prefix, name);
        open.push(qualified);
        sink.put("<" + qualified);
        inTag = true;
        declare(prefix, namespace);
        if (open.size() == 1 && prefixes.declared() == NamespacePrefixes.Declaration.ROOT) {
            declareAll();
        }
        return this;
    }

    /** Declares a namespace here if the prefixes say so, because the children need it often. */
    public XmlWriter declare(SoapNamespace... namespaces) {
        for (SoapNamespace namespace : namespaces) {
            if (prefixes.declared() == NamespacePrefixes.Declaration.PARENT) {
                declare(prefixes.ofElements().apply(namespace), namespace);
            }
        }
        return this;
    }

    /** Adds {@code i:type}. */
    public XmlWriter type(SoapNamespace namespace, String name) {
        return attribute(SoapNamespace.INSTANCE, "type", named(namespace, name));
    }

    /** Ends the element. */
    public XmlWriter close() {
        scope.leave(open.size());
        String name = open.pop();
        sink.put(inTag ? "/>" : "</" + name + ">");
        inTag = false;
        return this;
    }

    /** Adds text to the element. */
    public XmlWriter text(String text) {
        finishTag();
        sink.put(XmlEscaping.escaped(text));
        return this;
    }

    /** Adds a qualified name as text; directly after {@link #open}. */
    public XmlWriter name(SoapNamespace namespace, String name) {
        return text(named(namespace, name));
    }

    /** Adds an attribute without a namespace that needs no escaping. */
    public XmlWriter attribute(String name, String value) {
        sink.put(" " + name + "=\"" + value + "\"");
        return this;
    }

    /** An element with text only. */
    public XmlWriter leaf(SoapNamespace namespace, String name, String text) {
        return open(namespace, name).text(text).close();
    }

    /** An element with {@code i:nil}. */
    public XmlWriter absent(SoapNamespace namespace, String name) {
        return open(namespace, name)
                .attribute(SoapNamespace.INSTANCE, "nil", "true")
                .close();
    }

    /** An empty element. */
    public XmlWriter empty(SoapNamespace namespace, String name) {
        return open(namespace, name).close();
    }

    private XmlWriter attribute(SoapNamespace namespace, String name, String value) {
        return attribute(named(namespace, name), value);
    }

    private String named(SoapNamespace namespace, String name) {
        String prefix = prefixes.ofTypes().apply(namespace);
        declare(prefix, namespace);
        return qualified(prefix, name);
    }

    private static String qualified(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + ":" + name;
    }

    private void declareAll() {
        for (SoapNamespace namespace : SoapNamespace.values()) {
            declare(prefixes.ofElements().apply(namespace), namespace);
        }
    }

    private void declare(String prefix, SoapNamespace namespace) {
        if (!scope.has(prefix, namespace)) {
            scope.bind(prefix, namespace, open.size());
            sink.put((prefix.isEmpty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"") + namespace.uri() + "\"");
        }
    }

    private void finishTag() {
        if (inTag) {
            sink.put(">");
            inTag = false;
        }
    }
}
