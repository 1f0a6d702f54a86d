package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The questions that came in, the last 10,000 of them. Thread-safe. */
public final class Requests {
    private static final int MOST = 10_000;

    private final Deque<Question> questions = new ArrayDeque<>();

    synchronized void add(Question question) {
        if (questions.size() == MOST) {
            questions.removeFirst();
        }
        questions.addLast(question);
    }

    /** Them all, oldest first. */
    public synchronized List<Question> all() {
        return List.copyOf(questions);
    }

    /** Forgets them. */
    public synchronized void forget() {
        questions.clear();
    }
}
