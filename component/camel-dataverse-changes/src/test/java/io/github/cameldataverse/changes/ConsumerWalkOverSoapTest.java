package io.github.cameldataverse.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same, asked of the Organization Service. */
class ConsumerWalkOverSoapTest extends ConsumerWalkTest {

    @Override
    Reader reader() {
        return super.reader().with("api", "organizationService");
    }

    @Test
    @Override
    void oneRequestResolvesTheTableAndEveryPageAsksForItsSizeAgain() throws Exception {
        create(12);
        try (Reader reader = reader().with("maxPageSize", 5).start()) {
            await().until(() -> reader.polls() >= 3);
            List<ReceivedRequest> requests = simulator().requests();
            assertThat(requests.get(0).pathAndQuery()).contains("EntityDefinitions");
            List<ReceivedRequest> pages = requests.stream()
                    .filter(request -> request.pathAndQuery().equals("/XRMServices/2011/Organization.svc/web"))
                    .toList();
            assertThat(pages).hasSizeGreaterThanOrEqualTo(5).allSatisfy(page -> assertThat(page.body())
                    .contains("<a:Count>5</a:Count>"));
            assertThat(requests.stream()
                            .filter(request -> request.pathAndQuery().contains("/accounts")))
                    .isEmpty();
        }
    }
}
