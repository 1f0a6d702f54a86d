package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
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
    private final List<ArmedFault> armed;
    private final AtomicInteger struck;
    private final Optional<Predicate<ServiceRequest>> condition;

    public Faults() {
        this(new CopyOnWriteArrayList<>(), new AtomicInteger(), Optional.empty());
    }

    private Faults(List<ArmedFault> armed, AtomicInteger struck, Optional<Predicate<ServiceRequest>> condition) {
        this.armed = armed;
        this.struck = struck;
        this.condition = condition;
    }

    /** The same faults, but what is armed through this object strikes only where path and query satisfy the condition. */
    public Faults where(Predicate<String> pathAndQuery) {
        return whereAsked(question -> pathAndQuery.test(question.pathAndQuery()));
    }

    /** The same by all of the question: the Organization Service is told in the body what is asked of it. */
    public Faults whereAsked(Predicate<ServiceRequest> condition) {
        return new Faults(armed, struck, Optional.of(condition));
    }

    /** Strikes the next matching request. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** Strikes the next {@code times} matching requests. */
    public Faults next(int times, Fault fault) {
        return arm(new ArmedFault(fault, condition, 1, times, ArmedFault.NEXT));
    }

    /** Strikes the {@code nth} matching request from now, 1 being the next one. */
    public Faults onNth(int nth, Fault fault) {
        return arm(new ArmedFault(fault, condition, nth, 1, ArmedFault.NTH));
    }

    /** Strikes every matching request until {@link #clear}. */
    public Faults always(Fault fault) {
        return arm(new ArmedFault(fault, condition, 1, Integer.MAX_VALUE, ArmedFault.ALWAYS));
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
    public ServiceResponse answer(ServiceRequest question, boolean data, Supplier<ServiceResponse> proper) {
        Optional<ArmedFault> chosen = take(question, data);
        if (chosen.isEmpty()) {
            return proper.get();
        }
        struck.incrementAndGet();
        ServiceResponse answer = chosen.get().fault().strike(question, proper);
        if (chosen.get().fault().spared(answer)) {
            giveBack(chosen.get());
        }
        return answer;
    }

    private Optional<ArmedFault> take(ServiceRequest question, boolean data) {
        synchronized (armed) {
            List<ArmedFault> matching =
                    armed.stream().filter(each -> each.matches(question, data)).toList();
            matching.forEach(ArmedFault::see);
            Optional<ArmedFault> chosen =
                    matching.stream().filter(ArmedFault::isDue).min(ArmedFault.PRECEDENCE);
            chosen.ifPresent(ArmedFault::strike);
            armed.removeIf(ArmedFault::isSpent);
            return chosen;
        }
    }

    private void giveBack(ArmedFault spared) {
        synchronized (armed) {
            struck.decrementAndGet();
            spared.spare();
            if (!armed.contains(spared)) {
                armed.add(0, spared);
            }
        }
    }

    private Faults arm(ArmedFault another) {
        armed.add(another);
        return this;
    }
}
