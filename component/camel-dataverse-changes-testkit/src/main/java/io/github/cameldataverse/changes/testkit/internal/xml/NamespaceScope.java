package io.github.cameldataverse.changes.testkit.internal.xml;

import java.util.ArrayList;
import java.util.List;

/** The namespace declarations in effect at the current position of a writer. Not thread-safe. */
final class NamespaceScope {
    private final List<Binding> bindings = new ArrayList<>();

    private record Binding(String prefix, SoapNamespace namespace, int depth) {}

    NamespaceScope() {
        bindings.add(new Binding("", SoapNamespace.NONE, 0));
    }

    /** Whether the prefix stands for this namespace. */
    boolean has(String prefix, SoapNamespace namespace) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            Binding binding = bindings.get(i);
            if (binding.prefix().equals(prefix)) {
                return binding.namespace() == namespace;
            }
        }
        return false;
    }

    void bind(String prefix, SoapNamespace namespace, int depth) {
        bindings.add(new Binding(prefix, namespace, depth));
    }

    /** Removes the declarations of this depth. */
    void leave(int depth) {
        while (bindings.get(bindings.size() - 1).depth() == depth) {
            bindings.remove(bindings.size() - 1);
        }
    }
}
