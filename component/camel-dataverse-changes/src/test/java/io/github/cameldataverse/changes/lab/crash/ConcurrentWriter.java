package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes to the table while it is read: between two requests of the reader, and therefore at the same places
 * of the walk in every run. Asked as a fault, but strikes no request.
 */
final class ConcurrentWriter implements Fault {

    private static final int FIRST_ROWS = 12;
    private static final List<Integer> WORKS_AT = List.of(2, 4, 5, 7);

    private final DataverseSimulator simulator;
    private final SimulatedTable accounts;
    private final Random random;
    private final boolean letsTheTokenExpire;
    private int requests;

    ConcurrentWriter(DataverseSimulator simulator, long seed, boolean letsTheTokenExpire) {
        this.simulator = simulator;
        this.accounts = simulator.table("account");
        this.random = new Random(seed);
        this.letsTheTokenExpire = letsTheTokenExpire;
    }

    void begin() {
        // Only the service's time goes on then, not that of the readers' machine; so the service must not tell it.
        simulator.switches().dateHeader(!letsTheTokenExpire);
        for (int i = 0; i < FIRST_ROWS; i++) {
            create();
        }
        simulator.faults().whereRequest(RequestKind::forRows).always(this);
    }

    @Override
    public ServiceResponse inject(ServiceRequest question, Supplier<ServiceResponse> proper) {
        work();
        return proper.get();
    }

    @Override
    public boolean changesResponse() {
        return false;
    }

    private synchronized void work() {
        requests++;
        if (letsTheTokenExpire && requests == WORKS_AT.get(2)) {
            change();
            simulator.clock().advance(java.time.Duration.ofDays(8));
        }
        if (WORKS_AT.contains(requests)) {
            change();
        }
    }

    private void change() {
        accounts.update(anyId(), Map.of("name", "changed " + random.nextInt(1000)));
        accounts.delete(anyId());
        String back = anyId();
        accounts.delete(back);
        accounts.restore(back);
        create();
        accounts.delete(create());
    }

    private String create() {
        return accounts.create(Map.of("name", "made " + random.nextInt(1000)));
    }

    private String anyId() {
        return accounts.ids().get(random.nextInt(accounts.size()));
    }

    synchronized boolean isDone() {
        return requests > WORKS_AT.get(WORKS_AT.size() - 1);
    }
}
