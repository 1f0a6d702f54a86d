package io.github.cameldataverse.changes.contract.keyset;

import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** A repository of Camel's with something happening at every step: a failure, a death, another reader. */
final class SteppedIdempotentRepository extends ServiceSupport implements IdempotentRepository {

    private final IdempotentRepository real;
    private final Hook hook;

    SteppedIdempotentRepository(IdempotentRepository real, Hook hook) {
        this.real = real;
        this.hook = hook;
    }

    /** What happens around a step, which it may do or leave undone. */
    interface Hook {
        boolean around(Supplier<Boolean> step);
    }

    /** Fails at steps {@code from} to {@code to}, before or after they are done. */
    static final class Failing implements Hook {

        private final int from;
        private int to;
        private final boolean done;
        private int step;

        Failing(int from, int to, boolean done) {
            this.from = from;
            this.to = to;
            this.done = done;
        }

        @Override
        public boolean around(Supplier<Boolean> work) {
            step++;
            boolean fails = step >= from && step <= to;
            if (fails && !done) {
                throw new IllegalStateException("the line was cut");
            }
            boolean answer = work.get();
            if (fails) {
                throw new IllegalStateException("the line was cut");
            }
            return answer;
        }

        void heal() {
            to = 0;
        }

        boolean cameToIt() {
            return step >= from;
        }
    }

    @Override
    public boolean add(String key) {
        return hook.around(() -> real.add(key));
    }

    @Override
    public boolean contains(String key) {
        return hook.around(() -> real.contains(key));
    }

    @Override
    public boolean remove(String key) {
        return hook.around(() -> real.remove(key));
    }

    @Override
    public boolean confirm(String key) {
        return real.confirm(key);
    }

    @Override
    public void clear() {
        real.clear();
    }
}
