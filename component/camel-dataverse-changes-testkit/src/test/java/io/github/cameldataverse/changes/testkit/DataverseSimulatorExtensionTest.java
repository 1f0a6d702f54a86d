package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.faults.Gone;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DataverseSimulatorExtensionTest {
    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    @RegisterExtension
    final DataverseSimulatorExtension own = new DataverseSimulatorExtension();

    @RepeatedTest(2)
    void eachTestBeginsAnew() {
        assertThat(SIMULATOR.table("account").size()).isZero();
        assertThat(SIMULATOR.requests()).isEmpty();
        assertThat(SIMULATOR.switches().get(Switch.EMPTY_DELTA)).isEqualTo(EmptyDelta.EMPTY_VALUE);
        assertThat(Duration.between(Instant.now(), SIMULATOR.clock().instant())).isLessThan(Duration.ofHours(1));
        SIMULATOR.table("account").create(Map.of("name", "Left behind"));
        SIMULATOR.switches().emptyDelta(EmptyDelta.NO_CONTENT);
        SIMULATOR.clock().advance(Duration.ofDays(1));
        WebApiClient.Reply reply = new WebApiClient(SIMULATOR.organizationUrl()).get("accounts?$select=name", "a", "b");
        assertThat(reply.status()).isEqualTo(200);
        SIMULATOR.faults().lenient().always(new Gone());
    }

    @Test
    void requestsAreKeptAsTheyCame() {
        new WebApiClient(SIMULATOR.organizationUrl()).get("accounts?$select=name", "a", "b");
        ReceivedRequest request = SIMULATOR.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.pathAndQuery()).isEqualTo("/api/data/v9.2/accounts?$select=name");
        assertThat(request.headers().get("prefer")).containsExactly("a", "b");
        SIMULATOR.simulator().forgetRequests();
        assertThat(SIMULATOR.requests()).isEmpty();
    }

    @Test
    void aTestMayHaveASimulatorOfItsOwn() {
        assertThat(own.organizationUrl()).isNotEqualTo(SIMULATOR.organizationUrl());
    }
}
