package io.github.cameldataverse.changes.token;

import java.util.concurrent.atomic.AtomicInteger;

/** A reader in a process of its own: directory, step of its disk at which it dies, number of pages. */
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
        repository.setDirectory(arguments[0]);
        repository.start();
        Walk walk = new Walk(Long.parseLong(arguments[2]));
        walk.on(repository, () -> System.out.println("told " + walk));
        repository.stop();
    }
}
