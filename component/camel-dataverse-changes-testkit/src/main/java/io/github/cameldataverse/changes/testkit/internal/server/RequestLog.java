package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The questions that came in, the last 10,000 of them. Thread-safe. */
public final class RequestLog {
    private static final int MOST = 10_000;

    private final Deque<ServiceRequest> questions = new ArrayDeque<>();

    synchronized void add(ServiceRequest question) {
        if (questions.size() == MOST) {
            questions.removeFirst();
        }
        questions.addLast(question);
    }

    /** Them all, oldest first. */
    public synchronized List<ServiceRequest> all() {
        return List.copyOf(questions);
    }

    /** Forgets them. */
    public synchronized void forget() {
        questions.clear();
    }
}
