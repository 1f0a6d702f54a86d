package io.github.cameldataverse.changes.lab.crash.point;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** The points of a walk at which a process may die. */
public interface CrashPoints {

    int HALTED = 42;

    /** The walk has come to a point of this kind. */
    void reached(String kind);

    /** Nothing happens at any point. */
    CrashPoints NONE = kind -> {};

    /** At the n-th point of a kind the process falls asleep, as it does on a machine that is suspended. */
    static CrashPoints sleepingAt(String sleepy, int nth) {
        AtomicInteger count = new AtomicInteger();
        return kind -> {
            if (kind.equals(sleepy) && count.incrementAndGet() == nth) {
                System.out.println("asleep");
                System.out.flush();
                stopThisProcess();
            }
        };
    }

    private static void stopThisProcess() {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At the n-th point the process says where it stands, and is gone: no shutdown hook, no finally. */
    static CrashPoints haltingAt(int nth) {
        AtomicInteger count = new AtomicInteger();
        return kind -> {
            if (count.incrementAndGet() == nth) {
                System.out.println("halted " + kind);
                System.out.flush();
                Runtime.getRuntime().halt(HALTED);
            }
        };
    }
}
