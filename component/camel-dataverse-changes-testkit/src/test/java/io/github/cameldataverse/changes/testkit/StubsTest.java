package io.github.cameldataverse.changes.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Stubs of users, beside the simulator and in front of it. */
class StubsTest extends SimulatorTest {
    @Test
    void aStubAnswersWhatTheSimulatorDoesNotAndTheRestStaysAsItIs() {
        SIMULATOR.stub(get(urlPathEqualTo("/other/service")).willReturn(okJson("{\"mine\":true}")));
        WebApiClient.Reply mine = WebApiClient.get(URI.create(SIMULATOR.organizationUrl() + "/other/service"));
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.body()).isEqualTo("{\"mine\":true}");
        createAccounts(1);
        assertThat(client().get("accounts").json().get("value")).hasSize(1);
        assertThat(SIMULATOR.requests())
                .extracting(ReceivedRequest::pathAndQuery)
                .containsExactly("/other/service", "/api/data/v9.2/accounts");
    }

    @Test
    void aStubComesBeforeTheSimulatorUntilTheReset() {
        SIMULATOR.stub(get(urlPathEqualTo("/api/data/v9.2/accounts")).willReturn(serverError()));
        assertThat(client().get("accounts").status()).isEqualTo(500);
        assertThat(client().get("contacts").status()).isEqualTo(200);
        SIMULATOR.simulator().reset();
        assertThat(client().get("accounts").status()).isEqualTo(200);
    }

    @Test
    void aClientThatAsksDuringAResetIsAnsweredByTheSimulator() throws Exception {
        AtomicBoolean resetting = new AtomicBoolean(true);
        CompletableFuture<Void> resets = CompletableFuture.runAsync(() -> {
            while (resetting.get()) {
                SIMULATOR.stub(get(urlPathEqualTo("/other")).willReturn(serverError()));
                SIMULATOR.simulator().reset();
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(client().get("contacts").status()).isEqualTo(200);
            }
        } finally {
            resetting.set(false);
        }
        resets.get();
    }

    @Test
    void aStubForAnotherMethodLeavesTheOthersToTheSimulator() {
        SIMULATOR.stub(post(urlPathEqualTo("/api/data/v9.2/accounts")).willReturn(serverError()));
        assertThat(client().get("accounts").status()).isEqualTo(200);
    }

    @Test
    void aStubMustBeGiven() {
        assertThatThrownBy(() -> SIMULATOR.stub(null)).hasMessage("The stub is null; it must be given");
    }
}
