package io.github.cameldataverse.changes.internal.organization.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EntityDefinitionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"account')/Evil('x", "../account", "account?x", "account/", "a b", "", "account\\u0000"})
    @ProvesFault("S1")
    void noAddressIsMadeOfALogicalNameThatIsNone(String served) throws Exception {
        try (LoopbackServer server = new LoopbackServer();
                WiredDataverseClient line = new WiredDataverseClient(server.origin())) {
            server.answering(LoopbackServer.json(
                    200,
                    "{\"value\":[{\"LogicalName\":\"" + served + "\",\"EntitySetName\":\"accounts\","
                            + "\"ChangeTrackingEnabled\":false,\"CanChangeTrackingBeEnabled\":{\"Value\":true}}]}"));
            OrganizationMetadata metadata =
                    new OrganizationMetadata(line.client(), server.apiRoot(), Duration.ofMinutes(1));

            assertThatThrownBy(() -> metadata.enable("accounts"))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessage("The definition of the table has no usable LogicalName; nothing can be read from it");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
