package io.github.cameldataverse.changes.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit test class with a {@link DataverseSimulator} for constructors, test methods and lifecycle methods to take as a
 * parameter. The class has one simulator, {@linkplain DataverseSimulator#reset() reset} before each test, {@code @Nested}
 * classes included; it is stopped after the last test of the class. A test with a fault that has not struck fails at its end. For
 * other options register a {@link DataverseSimulatorExtension} with a builder instead.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DataverseSimulatorExtension.class)
public @interface DataverseSimulatorTest {

    /** Whether the simulator also listens with TLS; it then has a token endpoint. */
    boolean tls() default false;

    /** How long a simulator lives. */
    Lifecycle lifecycle() default Lifecycle.PER_CLASS;

    /** Whether a test fails if a fault that it armed has not struck. */
    Strictness strictness() default Strictness.STRICT;

    /** Whether a test fails if a fault that it armed has not struck. */
    enum Strictness {
        /** It fails, unless the fault was armed by {@code faults().lenient()}. */
        STRICT,
        /** It does not, whichever way the fault was armed. */
        LENIENT
    }

    /** How long a simulator lives. */
    enum Lifecycle {
        /** One simulator for all tests of the class, reset before each of them. */
        PER_CLASS,
        /** A new simulator for each test. */
        PER_METHOD
    }
}
