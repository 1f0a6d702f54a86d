package io.github.cameldataverse.changes.testkit.faults;

import java.util.Optional;

/**
 * A fault that has not done what it was armed for: it never struck, less often than it was armed for, or it threw something.
 *
 * @param fault the fault
 * @param armedAt the line that armed it, as in a stack trace
 * @param reason why it has not struck, for a person
 * @param thrown what the fault or its condition threw, if they did
 */
public record UnstruckFault(Fault fault, String armedAt, String reason, Optional<Throwable> thrown) {

    /** One sentence with all of it. */
    @Override
    public String toString() {
        return name() + ", armed at " + armedAt + ", has not struck: " + reason;
    }

    private String name() {
        return fault.getClass().isHidden() ? "A fault of its own making" : fault.toString();
    }
}
