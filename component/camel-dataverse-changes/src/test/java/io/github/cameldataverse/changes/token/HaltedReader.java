package io.github.cameldataverse.changes.token;

import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader in a process of its own, which dies at the n-th step of its disk. */
final class HaltedReader {

    static final int HALTED = 42;

    private HaltedReader() {}

    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[1]);
        AtomicInteger steps = new AtomicInteger();
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new StepDisk(() -> {
            if (steps.incrementAndGet() == last) {
                Runtime.getRuntime().halt(HALTED);
            }
        }));
        repository.setDirectory(new File(arguments[0]));
        repository.start();
        Walk walk = new Walk();
        walk.on(repository, () -> System.out.println("told " + walk));
        repository.stop();
    }
}
