package io.github.cameldataverse.changes.testkit.faults;

import static java.util.stream.Collectors.joining;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Injects faults into the responses of the simulator. A fault that is armed waits for requests for data: GETs of an entity
 * set, of its count or of one of its rows, and all requests to the Organization Service. With {@link #where} it waits for
 * any requests whose path and query satisfy the condition, those for definitions and access tokens included. At most one
 * fault is injected into a response: one armed with {@link #onNth} comes first, then the oldest armed with {@link #next},
 * then the oldest armed with {@link #always}.
 *
 * <p>A fault that leaves a response as it was has not struck: it stays armed for the next one, unless it was armed with
 * {@link #onNth}. What has not struck in the end fails the test: the JUnit extension calls {@link #requireAllStruck}, a test
 * without it does so itself. For a fault that need not strike see {@link #lenient}. Thread-safe.
 */
public final class Faults {
    private final ArmedFaults armed;
    private final Arming arming;

    public Faults() {
        this(new ArmedFaults(), Arming.USUAL);
    }

    private Faults(ArmedFaults armed, Arming arming) {
        this.armed = armed;
        this.arming = arming;
    }

    /** The same faults; what is armed through the returned object waits for requests whose path and query match. */
    public Faults where(Predicate<String> pathAndQuery) {
        Argument.given("The condition of where", pathAndQuery);
        return whereRequest(request -> pathAndQuery.test(request.pathAndQuery()));
    }

    /** The same for any part of a request: what the Organization Service has to do is in the body. */
    public Faults whereRequest(Predicate<ServiceRequest> condition) {
        Argument.given("The condition of whereRequest", condition);
        return new Faults(armed, arming.where(condition));
    }

    /** The same faults; what is armed through the returned object need not strike. */
    public Faults lenient() {
        return new Faults(armed, arming.lenient());
    }

    /** Arms a fault for the next matching request whose response it can change. */
    public Faults next(Fault fault) {
        return next(1, fault);
    }

    /** Arms a fault for the next {@code times} matching requests whose responses it can change; 1 or more. */
    public Faults next(int times, Fault fault) {
        Argument.atLeast("The number of times that next arms a fault", times, 1);
        return arm(fault, Arming.Times.next(times));
    }

    /**
     * Arms a fault for the {@code nth} matching request from now, 1 being the next one. It has to change the response to that
     * request.
     */
    public Faults onNth(int nth, Fault fault) {
        Argument.atLeast("The number of the request that onNth arms a fault for", nth, 1);
        return arm(fault, Arming.Times.nth(nth));
    }

    /** Arms a fault for every matching request until {@link #clear}. It has to change one response at least. */
    public Faults always(Fault fault) {
        return arm(fault, Arming.Times.always());
    }

    /** Disarms all faults, whatever their condition. Those that have not struck until now are still {@link #unstruck}. */
    public void clear() {
        armed.clear();
    }

    /** Disarms all faults, and forgets which of them have not struck. */
    public void reset() {
        armed.reset();
    }

    /** How many responses faults have changed since the last {@link #clear}, those under way included. */
    public int injected() {
        return armed.injected();
    }

    /** The faults that have not done so far what they were armed for, since the start or the last {@link #reset}. */
    public List<UnstruckFault> unstruck() {
        return armed.unstruck();
    }

    /** An AssertionError with a line for each {@linkplain #unstruck unstruck} fault, if there is one. */
    public void requireAllStruck() {
        List<UnstruckFault> unstruck = unstruck();
        if (!unstruck.isEmpty()) {
            throw error(unstruck);
        }
    }

    private static AssertionError error(List<UnstruckFault> unstruck) {
        AssertionError error = new AssertionError(unstruck.stream()
                .map(UnstruckFault::toString)
                .collect(joining("\n", "", "\nA fault that need not strike is armed by faults().lenient().")));
        unstruck.forEach(fault -> fault.thrown().ifPresent(error::addSuppressed));
        return error;
    }

    /** Called by the simulator: the response to any request, the proper one or that of a fault. */
    public ServiceResponse respond(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return respond(request, proper, fault -> fault.arming().isFor(request));
    }

    /** Called by the simulator: the same for a request that faults without a condition wait for. */
    public ServiceResponse respondToDataRequest(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return respond(request, proper, fault -> fault.arming().isForDataRequest(request));
    }

    private ServiceResponse respond(
            ServiceRequest request, Supplier<ServiceResponse> proper, Predicate<ArmedFault> condition) {
        return armed.take(condition.and(each -> each.fault().appliesTo(request)))
                .map(chosen -> inject(chosen, request, proper))
                .orElseGet(proper);
    }

    private ServiceResponse inject(ArmedFault chosen, ServiceRequest request, Supplier<ServiceResponse> proper) {
        ProperResponse own = new ProperResponse(request, proper);
        try {
            ServiceResponse response = chosen.fault().inject(request, own);
            if (chosen.fault().changesResponse() && own.isLeftBy(response)) {
                armed.missed(chosen, request);
            } else {
                armed.struck(chosen);
            }
            return response;
        } catch (RuntimeException | Error cause) {
            armed.threw(chosen, cause);
            throw cause;
        }
    }

    private Faults arm(Fault fault, Arming.Times times) {
        Argument.given("The fault to arm", fault);
        armed.arm(new ArmedFault(fault, times, arming, armedAt()));
        return this;
    }

    /** The line of the test that arms, as in a stack trace. */
    private static String armedAt() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Faults.class.getName()))
                        .findFirst()
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                                + ":" + frame.getLineNumber() + ")")
                        .orElse("an unknown line"));
    }
}
