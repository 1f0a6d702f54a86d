package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Where walks take place, one after the other: a service, and two applications. They outlive a walk, because their start
 * takes longer than one; what a walk leaves in them is put away behind it. For one thread at a time.
 */
final class WalkingGround implements AutoCloseable {

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final CamelContext here = started();
    private final CamelContext elsewhere = started();
    private final Path directory;

    WalkingGround(Path parent) throws IOException {
        directory = Files.createTempDirectory(parent, "ground");
    }

    private static CamelContext started() {
        CamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.start();
        return context;
    }

    DataverseSimulator simulator() {
        return simulator;
    }

    /** Where the reader of a walk is. */
    CamelContext here() {
        return here;
    }

    /** Where its rival is. */
    CamelContext elsewhere() {
        return elsewhere;
    }

    /** What is wrong with a walk, if anything. */
    Optional<Throwable> failure(long seed, List<ModelStep> steps) throws Exception {
        ModelWorld world = ModelWorld.of(seed);
        try (ModelStore store = new ModelStore(world.store(), directory);
                ModelState state = new ModelState(this, world, store)) {
            for (ModelStep step : steps) {
                state.take(step);
            }
            state.settle();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        } finally {
            // With its claims of subscriptions, and with its budgets of requests.
            here.removeComponent("dataverse-changes");
            elsewhere.removeComponent("dataverse-changes");
        }
    }

    /** Leaves out one step after the other, as long as the walk still fails. */
    List<ModelStep> fewest(long seed, List<ModelStep> steps) throws Exception {
        List<ModelStep> fewest = new ArrayList<>(steps);
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<ModelStep> fewer = new ArrayList<>(fewest);
            fewer.remove(i);
            if (failure(seed, fewer).isPresent()) {
                fewest = fewer;
            }
        }
        return fewest;
    }

    @Override
    public void close() {
        here.stop();
        elsewhere.stop();
        simulator.close();
    }
}
