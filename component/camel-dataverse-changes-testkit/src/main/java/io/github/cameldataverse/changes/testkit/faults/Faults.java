package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Injects faults into the responses of the simulator. A fault that is armed waits for requests for data: GETs of an entity
 * set, of its count or of one of its rows, and all requests to the Organization Service. With {@link #where} it waits for
 * any requests whose path and query satisfy the condition, those for definitions and access tokens included. At most one
 * fault is injected into a response: one armed with {@link #onNth} comes first, then the oldest armed with {@link #next},
 * then the oldest armed with {@link #always}. Thread-safe.
 */
public final class Faults {
    private final List<Armed> armed;
    private final AtomicInteger injected;
    private final Optional<Predicate<ServiceRequest>> condition;

    public Faults() {
        this(new CopyOnWriteArrayList<>(), new AtomicInteger(), Optional.empty());
    }

    private Faults(List<Armed> armed, AtomicInteger injected, Optional<Predicate<ServiceRequest>> condition) {
        this.armed = armed;
        this.injected = injected;
        this.condition = condition;
    }

    /** The same faults; what is armed through the returned object waits for requests whose path and query match. */
    public Faults where(Predicate<String> pathAndQuery) {
        return whereRequest(request -> pathAndQuery.test(request.pathAndQuery()));
    }

    /** The same for any part of a request: what the Organization Service has to do is in the body. */
    public Faults whereRequest(Predicate<ServiceRequest> condition) {
        return new Faults(armed, injected, Optional.of(condition));
    }

    /** Arms a fault for the next matching request. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** Arms a fault for the next {@code times} matching requests. */
    public Faults next(int times, Fault fault) {
        return arm(new Armed(Order.NEXT, fault, condition, 1, times));
    }

    /** Arms a fault for the {@code nth} matching request from now, 1 being the next one. */
    public Faults onNth(int nth, Fault fault) {
        return arm(new Armed(Order.NTH, fault, condition, nth, 1));
    }

    /** Arms a fault for every matching request until {@link #clear}. */
    public Faults always(Fault fault) {
        return arm(new Armed(Order.ALWAYS, fault, condition, 1, Armed.UNLIMITED));
    }

    /** Disarms all faults, whatever their condition. */
    public void clear() {
        armed.clear();
        injected.set(0);
    }

    /** How many responses a fault was injected into since the last {@link #clear}. */
    public int injected() {
        return injected.get();
    }

    /** Called by the simulator: the response to any request, the proper one or that of a fault. */
    public ServiceResponse respond(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return respond(request, proper, armed -> armed.matches(request));
    }

    /** Called by the simulator: the same for a request that faults without a condition wait for. */
    public ServiceResponse respondToDataRequest(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return respond(request, proper, armed -> armed.matchesDataRequest(request));
    }

    private ServiceResponse respond(
            ServiceRequest request, Supplier<ServiceResponse> proper, Predicate<Armed> matching) {
        return take(matching).map(chosen -> inject(chosen, request, proper)).orElseGet(proper);
    }

    private ServiceResponse inject(Armed chosen, ServiceRequest request, Supplier<ServiceResponse> proper) {
        injected.incrementAndGet();
        ServiceResponse response = chosen.fault.inject(request, proper);
        if (chosen.fault.leftUnchanged(response)) {
            giveBack(chosen);
        }
        return response;
    }

    private Optional<Armed> take(Predicate<Armed> isMatching) {
        synchronized (armed) {
            List<Armed> matching = armed.stream().filter(isMatching).toList();
            matching.forEach(Armed::countRequest);
            // min() takes the first of equals: of two faults of the same order the older one.
            Optional<Armed> chosen = matching.stream().filter(Armed::isDue).min(Armed.BY_ORDER);
            chosen.ifPresent(Armed::useOnce);
            armed.removeIf(Armed::isUsedUp);
            return chosen;
        }
    }

    private void giveBack(Armed unused) {
        synchronized (armed) {
            injected.decrementAndGet();
            unused.undoUse();
            if (!armed.contains(unused)) {
                armed.add(0, unused);
            }
        }
    }

    private Faults arm(Armed fault) {
        armed.add(fault);
        return this;
    }

    /** Which of several matching faults comes first. */
    private enum Order {
        NTH,
        NEXT,
        ALWAYS
    }

    /** A fault that waits for its requests. Its counters are guarded by the list that it is in. */
    private static final class Armed {
        static final int UNLIMITED = Integer.MAX_VALUE;
        static final Comparator<Armed> BY_ORDER = Comparator.comparing(each -> each.order);

        private final Order order;
        private final Fault fault;
        private final Optional<Predicate<ServiceRequest>> condition;
        private final int fromRequest;
        private int usesLeft;
        private int requests;

        Armed(Order order, Fault fault, Optional<Predicate<ServiceRequest>> condition, int fromRequest, int uses) {
            this.order = order;
            this.fault = fault;
            this.condition = condition;
            this.fromRequest = fromRequest;
            this.usesLeft = uses;
        }

        boolean matches(ServiceRequest request) {
            return condition.filter(each -> each.test(request)).isPresent() && fault.appliesTo(request);
        }

        boolean matchesDataRequest(ServiceRequest request) {
            return condition.isEmpty() ? fault.appliesTo(request) : matches(request);
        }

        void countRequest() {
            requests++;
        }

        boolean isDue() {
            return requests >= fromRequest && usesLeft > 0;
        }

        void useOnce() {
            usesLeft -= usesLeft == UNLIMITED ? 0 : 1;
        }

        void undoUse() {
            usesLeft += usesLeft == UNLIMITED ? 0 : 1;
        }

        boolean isUsedUp() {
            return usesLeft == 0;
        }
    }
}
