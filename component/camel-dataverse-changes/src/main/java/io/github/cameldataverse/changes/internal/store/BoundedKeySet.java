package io.github.cameldataverse.changes.internal.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plain keys of an idempotent repository in memory, oldest first. Not safe for several threads. */
public final class BoundedKeySet {

    public static final int DEFAULT_MAX = 1_000_000;

    private final Set<String> keys = new LinkedHashSet<>();

    /**
     * The option {@code maxKeys}.
     *
     * @throws IllegalArgumentException if it allows no key
     */
    public static int checkMax(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxKeys must be 1 or more, not " + max + ".");
        }
        return max;
    }

    public boolean add(String key) {
        return keys.add(key);
    }

    public boolean contains(String key) {
        return keys.contains(key);
    }

    public boolean remove(String key) {
        return keys.remove(key);
    }

    public void clear() {
        keys.clear();
    }

    public int size() {
        return keys.size();
    }

    public List<String> all() {
        return List.copyOf(keys);
    }

    /** Removes the oldest key if there are more than {@code max}. */
    public void dropOldest(int max) {
        oldestBeyond(max).ifPresent(keys::remove);
    }

    /** The oldest key, if there are more than {@code max}. */
    public Optional<String> oldestBeyond(int max) {
        return keys.size() <= max
                ? Optional.empty()
                : Optional.of(keys.iterator().next());
    }
}
