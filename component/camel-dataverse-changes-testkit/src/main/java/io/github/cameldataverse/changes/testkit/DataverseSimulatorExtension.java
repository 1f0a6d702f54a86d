package io.github.cameldataverse.changes.testkit;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorTest.Lifecycle;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorTest.Strictness;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A simulator for JUnit 5. Registered in a static {@code @RegisterExtension} field, or by {@link DataverseSimulatorTest} or
 * {@code @ExtendWith}, it starts one simulator for the class, {@linkplain DataverseSimulator#reset() reset} before each test;
 * registered in an instance field, it starts one for each test. The simulator starts when it is first needed.
 * {@code @Nested} classes share that of the outer class. A test can take the {@link DataverseSimulator} as a parameter, or
 * use the methods here.
 *
 * <p>A test that has armed a fault which has not struck fails at its end, after {@code @AfterEach} methods, with the line that
 * armed it; if it has failed before, that is added to its failure as a suppressed one. Such a fault shows nothing, and the test
 * would stay green whatever the client does. {@link Faults#lenient} and {@link #strictness} make exceptions. The old tombstone of
 * a restored row is listed after the row ({@link Switches#tombstoneAfterReturn}), as the platform may do;
 * {@link SimulatorBuilder#initially} turns that off.
 */
public final class DataverseSimulatorExtension
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {
    private final SimulatorBuilder builder;
    private Lifecycle lifecycle = Lifecycle.PER_METHOD;
    private Strictness strictness = Strictness.STRICT;
    private Optional<Class<?>> testClass = Optional.empty();
    private boolean isReset;
    private @Nullable DataverseSimulator simulator;

    /** A simulator with default options. */
    public DataverseSimulatorExtension() {
        this(DataverseSimulator.builder());
    }

    /** A simulator with the options of this builder. */
    public DataverseSimulatorExtension(SimulatorBuilder builder) {
        this.builder = builder.initiallyIfUnset(Switch.TOMBSTONE_AFTER_RETURN, true);
    }

    /** Whether tests fail that have armed a fault which has not struck; they do by default. */
    public DataverseSimulatorExtension strictness(Strictness how) {
        strictness = how;
        return this;
    }

    /** The simulator, which is started if necessary. */
    public synchronized DataverseSimulator simulator() {
        if (simulator == null) {
            simulator = builder.build();
        }
        return simulator;
    }

    /** See {@link DataverseSimulator#organizationUrl}. */
    public URI organizationUrl() {
        return simulator().organizationUrl();
    }

    /** See {@link DataverseSimulator#organizationId}. */
    public UUID organizationId() {
        return simulator().organizationId();
    }

    /** See {@link DataverseSimulator#stub}. */
    public StubMapping stub(MappingBuilder mapping) {
        return simulator().stub(mapping);
    }

    /** See {@link DataverseSimulator#table}. */
    public SimulatedTable table(String logicalName) {
        return simulator().table(logicalName);
    }

    /** See {@link DataverseSimulator#define}. */
    public SimulatedTable define(TableSchema definition) {
        return simulator().define(definition);
    }

    /** See {@link DataverseSimulator#clock}. */
    public SimulatorClock clock() {
        return simulator().clock();
    }

    /** See {@link DataverseSimulator#faults}. */
    public Faults faults() {
        return simulator().faults();
    }

    /** See {@link DataverseSimulator#switches}. */
    public Switches switches() {
        return simulator().switches();
    }

    /** See {@link DataverseSimulator#versions}. */
    public RowVersions versions() {
        return simulator().versions();
    }

    /** See {@link DataverseSimulator#requests}. */
    public List<ReceivedRequest> requests() {
        return simulator().requests();
    }

    /** Is called for each {@code @Nested} class too, after the outer class, which owns the simulator. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (testClass.isEmpty()) {
            testClass = context.getTestClass();
            lifecycle = Lifecycle.PER_CLASS;
            context.getTestClass()
                    .flatMap(type -> AnnotationSupport.findAnnotation(type, DataverseSimulatorTest.class))
                    .ifPresent(this::configure);
        }
    }

    /** Resets before the constructor of the test class, which may prepare rows already. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        resetOnce();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        resetOnce();
        isReset = false;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional<AssertionError> unstruck = unstruckFaults();
        if (lifecycle == Lifecycle.PER_METHOD) {
            stop();
        }
        unstruck.ifPresent(error ->
                context.getExecutionException().orElseThrow(() -> error).addSuppressed(error));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (testClass.equals(context.getTestClass())) {
            stop();
            testClass = Optional.empty();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DataverseSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private void configure(DataverseSimulatorTest annotation) {
        builder.tls(annotation.tls());
        lifecycle = annotation.lifecycle();
        strictness = annotation.strictness();
    }

    /**
     * One test may have several instances, of its class and of the classes around it. A fault that was armed before, by a
     * {@code @BeforeAll} method for example, is disarmed here and so will not strike any more.
     */
    private void resetOnce() {
        if (lifecycle == Lifecycle.PER_CLASS && !isReset) {
            isReset = true;
            Optional<AssertionError> unstruck = unstruckFaults();
            simulator().reset();
            unstruck.ifPresent(error -> {
                throw error;
            });
        }
    }

    /** Tells them once: the next test answers for its own only. */
    private synchronized Optional<AssertionError> unstruckFaults() {
        if (simulator == null) {
            return Optional.empty();
        }
        try {
            if (strictness == Strictness.STRICT) {
                simulator.faults().requireAllStruck();
            }
            return Optional.empty();
        } catch (AssertionError unstruck) {
            return Optional.of(unstruck);
        } finally {
            simulator.faults().reset();
        }
    }

    private synchronized void stop() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
