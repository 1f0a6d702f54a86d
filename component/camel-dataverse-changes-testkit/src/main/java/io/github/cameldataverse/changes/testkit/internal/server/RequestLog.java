package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last 10,000 requests received. Thread-safe. */
public final class RequestLog {
    private static final int CAPACITY = 10_000;

    private final Deque<ServiceRequest> requests = new ArrayDeque<>();

    synchronized void add(ServiceRequest request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** All of them, oldest first. */
    public synchronized List<ServiceRequest> all() {
        return List.copyOf(requests);
    }

    /** Removes all of them. */
    public synchronized void clear() {
        requests.clear();
    }
}
