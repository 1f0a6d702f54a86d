package io.github.cameldataverse.changes.token.file;

import java.util.concurrent.atomic.AtomicInteger;

/** A reader in a process of its own: directory, step of its disk at which it dies, number of pages. */
final class HaltedReaderProcess {

    static final int HALTED = 42;

    private HaltedReaderProcess() {}

    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[1]);
        AtomicInteger steps = new AtomicInteger();
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new SteppedDisk(() -> {
            if (steps.incrementAndGet() == last) {
                Runtime.getRuntime().halt(HALTED);
            }
        }));
        repository.setDirectory(arguments[0]);
        repository.start();
        CheckpointWalk walk = new CheckpointWalk(Long.parseLong(arguments[2]));
        walk.on(repository, () -> System.out.println("told " + walk));
        repository.stop();
    }
}
