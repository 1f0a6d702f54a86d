package io.github.cameldataverse.changes.testkit.xml;

import java.util.ArrayList;
import java.util.List;

/** Which prefix means which namespace where the writer stands. Not thread-safe. */
final class Scope {
    private final List<Binding> bindings = new ArrayList<>();

    private record Binding(String prefix, Namespace namespace, int depth) {}

    Scope() {
        bindings.add(new Binding("", Namespace.NONE, 0));
    }

    /** Whether the prefix means this namespace. */
    boolean has(String prefix, Namespace namespace) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            Binding binding = bindings.get(i);
            if (binding.prefix().equals(prefix)) {
                return binding.namespace() == namespace;
            }
        }
        return false;
    }

    void bind(String prefix, Namespace namespace, int depth) {
        bindings.add(new Binding(prefix, namespace, depth));
    }

    /** Forgets what was declared at this depth. */
    void leave(int depth) {
        while (bindings.get(bindings.size() - 1).depth() == depth) {
            bindings.remove(bindings.size() - 1);
        }
    }
}
