package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The faults that are armed. A fault strikes requests for data: GETs of an entity set, its
 * count, or one of its rows, and whatever is asked of the Organization Service.
 * With {@link #where} it strikes any request whose path and query satisfy the condition, those for definitions and tokens
 * included. A request is struck by one fault at most: first by one armed with {@link #onNth}, then by the oldest armed
 * with {@link #next}, then by the oldest armed with {@link #always}. Thread-safe.
 */
public final class Faults {
    private final List<Armed> armed;
    private final AtomicInteger struck;
    private final Optional<Predicate<Question>> condition;

    public Faults() {
        this(new CopyOnWriteArrayList<>(), new AtomicInteger(), Optional.empty());
    }

    private Faults(List<Armed> armed, AtomicInteger struck, Optional<Predicate<Question>> condition) {
        this.armed = armed;
        this.struck = struck;
        this.condition = condition;
    }

    /** The same faults, but what is armed through this object strikes only where path and query satisfy the condition. */
    public Faults where(Predicate<String> pathAndQuery) {
        return whereAsked(question -> pathAndQuery.test(question.pathAndQuery()));
    }

    /** The same by all of the question: the Organization Service is told in the body what is asked of it. */
    public Faults whereAsked(Predicate<Question> condition) {
        return new Faults(armed, struck, Optional.of(condition));
    }

    /** Strikes the next matching request. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** Strikes the next {@code times} matching requests. */
    public Faults next(int times, Fault fault) {
        return arm(new Armed(fault, condition, 1, times, Armed.NEXT));
    }

    /** Strikes the {@code nth} matching request from now, 1 being the next one. */
    public Faults onNth(int nth, Fault fault) {
        return arm(new Armed(fault, condition, nth, 1, Armed.NTH));
    }

    /** Strikes every matching request until {@link #clear}. */
    public Faults always(Fault fault) {
        return arm(new Armed(fault, condition, 1, Integer.MAX_VALUE, Armed.ALWAYS));
    }

    /** Disarms all faults, whatever their condition. */
    public void clear() {
        armed.clear();
        struck.set(0);
    }

    /** How many requests were struck since the last {@link #clear}. */
    public int struck() {
        return struck.get();
    }

    /** The answer to a request: the proper one, or what a fault makes of it. */
    public Answer answer(Question question, boolean data, Supplier<Answer> proper) {
        Optional<Armed> chosen = take(question, data);
        if (chosen.isEmpty()) {
            return proper.get();
        }
        struck.incrementAndGet();
        Answer answer = chosen.get().fault().strike(question, proper);
        if (chosen.get().fault().spared(answer)) {
            giveBack(chosen.get());
        }
        return answer;
    }

    private Optional<Armed> take(Question question, boolean data) {
        synchronized (armed) {
            List<Armed> matching =
                    armed.stream().filter(each -> each.matches(question, data)).toList();
            matching.forEach(Armed::see);
            Optional<Armed> chosen = matching.stream().filter(Armed::isDue).min(Armed.PRECEDENCE);
            chosen.ifPresent(Armed::strike);
            armed.removeIf(Armed::isSpent);
            return chosen;
        }
    }

    private void giveBack(Armed spared) {
        synchronized (armed) {
            struck.decrementAndGet();
            spared.spare();
            if (!armed.contains(spared)) {
                armed.add(0, spared);
            }
        }
    }

    private Faults arm(Armed another) {
        armed.add(another);
        return this;
    }
}
