package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A simulator for JUnit 5. In a static {@code @RegisterExtension} field, or by {@code @ExtendWith}, there is one for the
 * class, reset before each test; in an instance field each test has its own. It starts when it is first needed. A test
 * may take the {@link DataverseSimulator} as a parameter.
 */
public final class DataverseSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final SimulatorBuilder builder;
    private boolean ofClass;
    private @Nullable DataverseSimulator simulator;

    /** A simulator with all defaults. */
    public DataverseSimulatorExtension() {
        this(DataverseSimulator.builder());
    }

    /** A simulator built that way. */
    public DataverseSimulatorExtension(SimulatorBuilder builder) {
        this.builder = builder;
    }

    /** The simulator, started if it was not. */
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

    /** See {@link DataverseSimulator#table}. */
    public SimulatedTable table(String logicalName) {
        return simulator().table(logicalName);
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

    /** See {@link DataverseSimulator#requests}. */
    public List<ReceivedRequest> requests() {
        return simulator().requests();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator().reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DataverseSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private synchronized void close() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
