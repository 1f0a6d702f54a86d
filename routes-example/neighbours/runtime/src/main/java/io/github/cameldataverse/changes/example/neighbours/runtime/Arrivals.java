package io.github.cameldataverse.changes.example.neighbours.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many changes of which type came to the end of which route. Safe for use by several threads. */
final class Arrivals {

    private Map<String, Map<String, Integer>> countsByRoute = new TreeMap<>();

    synchronized void count(String route, String type) {
        countsByRoute.computeIfAbsent(route, r -> new TreeMap<>()).merge(type, 1, Integer::sum);
    }

    /** What arrived since the last call, in words; empty if nothing did. */
    String take() {
        return takeCounts().entrySet().stream()
                .map(route -> route.getKey() + " " + inWords(route.getValue()))
                .collect(Collectors.joining(" | "));
    }

    private synchronized Map<String, Map<String, Integer>> takeCounts() {
        Map<String, Map<String, Integer>> taken = countsByRoute;
        countsByRoute = new TreeMap<>();
        return taken;
    }

    private static String inWords(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(" "));
    }
}
