package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.cameldataverse.changes.testkit.DataverseSimulatorTest.Lifecycle;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorTest.Strictness;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.Gone;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What becomes of a test that has armed a fault which has not struck: the classes in here, run by JUnit. */
class UnstruckFaultsInJUnitTest {

    @Test
    void aTestFailsWhoseFaultHasNotStruckAndSaysWhichAndWhereItWasArmed() {
        Map<String, TestExecutionResult> results = run(Strict.class);
        assertThat(failure(results, "neverStruck()"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "Gone[], armed at " + Strict.class.getName() + ".neverStruck(UnstruckFaultsInJUnitTest.java:")
                .hasMessageContaining("has not struck: no request matched")
                .hasMessageContaining("faults().lenient()");
        assertThat(failure(results, "changedNothing()"))
                .hasMessageContaining("CutBody[afterBytes=1000000]")
                .hasMessageContaining(
                        "it changed nothing in 1 of the responses, the last of them to GET /api/data/v9.2/");
        assertThat(failure(results, "lessOftenThanArmed()")).hasMessageContaining("it struck 1 of 2 times");
        assertThat(failure(results, "tooFewRequests()"))
                .hasMessageContaining("it waits for matching request 3, and there were 1");
        assertThat(failure(results, "behindAnother()"))
                .hasMessageContaining("another fault came first in every matching response, 1 in all");
        assertThat(failure(results, "clearedBeforeItStruck()")).hasMessageContaining("no request matched");
        assertThat(failure(results, "oneThatThrows()"))
                .hasMessageContaining("A fault of its own making, armed at ")
                .hasMessageContaining("it or its condition threw java.lang.IllegalStateException: broken")
                .satisfies(error ->
                        assertThat(error.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class));
        assertThat(failure(results, "aConditionThatThrows()"))
                .hasMessageContaining("threw java.lang.IllegalStateException: odd");
    }

    @Test
    void aTestPassesWhoseFaultHasStruckOrNeedNotStrikeAndIsNotBlamedForTheOneBefore() {
        Map<String, TestExecutionResult> results = run(Strict.class);
        assertThat(results.get("struck()").getStatus()).isEqualTo(Status.SUCCESSFUL);
        assertThat(results.get("lenient()").getStatus()).isEqualTo(Status.SUCCESSFUL);
        assertThat(results.get("nothingArmed()").getStatus()).isEqualTo(Status.SUCCESSFUL);
        assertThat(run(Lenient.class).get("neverStruck(DataverseSimulator)").getStatus())
                .isEqualTo(Status.SUCCESSFUL);
        assertThat(run(LenientByField.class).get("neverStruck()").getStatus()).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void aFailureOfTheTestItselfIsNotMasked() {
        Map<String, TestExecutionResult> results = run(Strict.class);
        assertThat(failure(results, "failedAlready()")).hasMessage("by itself").satisfies(error -> assertThat(
                        error.getSuppressed())
                .singleElement()
                .asString()
                .contains("has not struck: no request matched"));
        assertThat(results.get("aborted()").getStatus()).isEqualTo(Status.ABORTED);
    }

    @Test
    void aSimulatorOfEachTestIsAskedBeforeItStops() {
        assertThat(failure(run(PerMethod.class), "neverStruck(DataverseSimulator)"))
                .hasMessageContaining("no request matched");
    }

    @Test
    void aFaultThatIsArmedBeforeTheResetOfATestIsTold() {
        Map<String, TestExecutionResult> results = run(ArmedBefore.class);
        assertThat(failure(results, "first()")).hasMessageContaining(".arm(UnstruckFaultsInJUnitTest.java:");
        assertThat(results.get("second()").getStatus()).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void theOldTombstoneOfARestoredRowIsListedUnlessToldOtherwise() {
        assertThat(run(Tombstones.class).values())
                .extracting(TestExecutionResult::getStatus)
                .containsOnly(Status.SUCCESSFUL);
        try (DataverseSimulator simulator = DataverseSimulator.start()) {
            assertThat(simulator.switches().get(Switch.TOMBSTONE_AFTER_RETURN)).isFalse();
        }
    }

    private static Map<String, TestExecutionResult> run(Class<?> tests) {
        Map<String, TestExecutionResult> results = new LinkedHashMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                results.put(test.getDisplayName(), result);
                            }
                        });
        return results;
    }

    private static Throwable failure(Map<String, TestExecutionResult> results, String test) {
        assertThat(results.get(test).getStatus()).as(test).isEqualTo(Status.FAILED);
        return results.get(test).getThrowable().orElseThrow();
    }

    static class Strict {
        @RegisterExtension
        static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

        @Test
        void neverStruck() {
            SIMULATOR.faults().always(new Gone());
        }

        @Test
        void changedNothing() {
            SIMULATOR.faults().next(new CutBody(1_000_000));
            load();
        }

        @Test
        void lessOftenThanArmed() {
            SIMULATOR.faults().next(2, new Gone());
            load();
        }

        @Test
        void tooFewRequests() {
            SIMULATOR.faults().onNth(3, new Gone());
            load();
        }

        @Test
        void behindAnother() {
            SIMULATOR.faults().next(new Gone()).always(new Throttled(1));
            load();
        }

        @Test
        void clearedBeforeItStruck() {
            SIMULATOR.faults().always(new Gone());
            SIMULATOR.faults().clear();
            load();
        }

        @Test
        void oneThatThrows() {
            SIMULATOR.faults().always((request, proper) -> {
                throw new IllegalStateException("broken");
            });
            load();
        }

        @Test
        void aConditionThatThrows() {
            SIMULATOR
                    .faults()
                    .lenient()
                    .where(path -> {
                        throw new IllegalStateException("odd");
                    })
                    .always(new Gone());
            assertThat(load()).isEqualTo(200);
        }

        @Test
        void struck() {
            SIMULATOR.faults().always(new Gone());
            assertThat(load()).isEqualTo(410);
        }

        @Test
        void lenient() {
            SIMULATOR.faults().lenient().where(path -> true).next(new Gone()).onNth(4, new Gone());
        }

        @Test
        void nothingArmed() {
            assertThat(load()).isEqualTo(200);
        }

        @Test
        void failedAlready() {
            SIMULATOR.faults().always(new Gone());
            fail("by itself");
        }

        @Test
        void aborted() {
            SIMULATOR.faults().always(new Gone());
            abort("by an assumption");
        }

        private static int load() {
            return new WebApiClient(SIMULATOR.organizationUrl()).get("accounts").status();
        }
    }

    @DataverseSimulatorTest(strictness = Strictness.LENIENT)
    static class Lenient {
        @Test
        void neverStruck(DataverseSimulator simulator) {
            simulator.faults().always(new Gone());
        }
    }

    static class LenientByField {
        @RegisterExtension
        final DataverseSimulatorExtension simulator = new DataverseSimulatorExtension().strictness(Strictness.LENIENT);

        @Test
        void neverStruck() {
            simulator.faults().always(new Gone());
        }
    }

    @DataverseSimulatorTest(lifecycle = Lifecycle.PER_METHOD)
    static class PerMethod {
        @Test
        void neverStruck(DataverseSimulator simulator) {
            simulator.faults().always(new Gone());
        }
    }

    @DataverseSimulatorTest
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ArmedBefore {
        @BeforeAll
        static void arm(DataverseSimulator simulator) {
            simulator.faults().always(new Gone());
        }

        @Test
        @Order(1)
        void first() {}

        @Test
        @Order(2)
        void second() {}
    }

    static class Tombstones {
        @RegisterExtension
        static final DataverseSimulatorExtension USUAL = new DataverseSimulatorExtension();

        @RegisterExtension
        final DataverseSimulatorExtension friendly = new DataverseSimulatorExtension(
                DataverseSimulator.builder().initially(Switch.TOMBSTONE_AFTER_RETURN, false));

        @Test
        void areOn() {
            assertThat(USUAL.switches().get(Switch.TOMBSTONE_AFTER_RETURN)).isTrue();
            USUAL.switches().tombstoneAfterReturn(false).reset();
            assertThat(USUAL.switches().get(Switch.TOMBSTONE_AFTER_RETURN)).isTrue();
            USUAL.switches().tombstoneAfterReturn(false);
            USUAL.simulator().reset();
            assertThat(USUAL.switches().get(Switch.TOMBSTONE_AFTER_RETURN)).isTrue();
        }

        @Test
        void canBeOff() {
            assertThat(friendly.switches().get(Switch.TOMBSTONE_AFTER_RETURN)).isFalse();
        }
    }
}
