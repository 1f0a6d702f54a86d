package io.github.cameldataverse.changes.lab.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The walks of a range of seeds, several at a time. */
final class Walks {

    private static final Logger LOG = LoggerFactory.getLogger(Walks.class);
    private static final int TOLD_EVERY = 500;

    private final long first;
    private final int number;
    private final int length;
    private final int mostWrong;
    private final Path directory;
    /** By seed. */
    private final Map<Long, String> wrong = new ConcurrentSkipListMap<>();

    private final List<Long> inHand = new ArrayList<>();
    private long next;
    private int ended;

    /**
     * @param length steps of each
     * @param mostWrong how many walks may fail before no other one begins
     */
    Walks(long first, int number, int length, int mostWrong, Path directory) {
        this.first = first;
        this.number = number;
        this.length = length;
        this.mostWrong = mostWrong;
        this.directory = directory;
        this.next = first;
    }

    /** What is wrong, walk by walk. */
    List<String> walk(int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Boolean> walker = this::walkOnOneGround;
            List<Callable<Boolean>> walkers = Collections.nCopies(threads, walker);
            for (Future<Boolean> end : executor.invokeAll(walkers)) {
                end.get();
            }
        } finally {
            executor.shutdown();
        }
        return List.copyOf(wrong.values());
    }

    private boolean walkOnOneGround() throws Exception {
        try (WalkingGround ground = new WalkingGround(directory)) {
            for (Optional<Long> seed = begin(); seed.isPresent(); seed = begin()) {
                walk(ground, seed.get());
                end(seed.get());
            }
        }
        return true;
    }

    private synchronized Optional<Long> begin() {
        if (next == first + number || wrong.size() > mostWrong) {
            return Optional.empty();
        }
        inHand.add(next);
        return Optional.of(next++);
    }

    private synchronized void end(Long seed) {
        inHand.remove(seed);
        if (++ended % TOLD_EVERY == 0) {
            long all = inHand.stream().mapToLong(Long::longValue).min().orElse(next);
            LOG.warn("Walked to the end up to seed {}, {} wrong", all - 1, wrong.size());
        }
    }

    private void walk(WalkingGround ground, long seed) throws Exception {
        List<ModelStep> steps = ModelStep.walk(seed, length);
        Optional<Throwable> failure = ground.failure(seed, steps);
        if (failure.isPresent()) {
            List<ModelStep> fewest = ground.fewest(seed, steps);
            Throwable of = ground.failure(seed, fewest).orElse(failure.get());
            String told = "seed " + seed + ", " + ModelWorld.of(seed) + ", fails with " + fewest + ": " + of;
            LOG.warn("{}", told, of);
            wrong.put(seed, told);
        }
    }
}
