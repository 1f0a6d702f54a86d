package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers of an exchange carried line breaks, escape characters and 200 KB, as the service had served them. */
@Timeout(60)
class ServedHeadersTest {

    private static final List<String> BAD = List.of(
            "7\r\nX-Evil: 1", "7\u001b[31m", "7\u0085", "7\u202e", "7\u0000", "7\ud800", "é", "7".repeat(200_000));

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault({"S8", "S12", "D9"})
    void anEtagThatNoHeaderCanHoldIsLeftOutAndItsRowComesAsServed(ChangeTrackingApi api) throws Exception {
        for (String bad : BAD) {
            if (api == ChangeTrackingApi.ORGANIZATION_SERVICE && !isXml(bad)) {
                continue;
            }
            String etag = "W/\"" + bad + "\"";
            try (PagedAccounts accounts = new PagedAccounts(api);
                    ConsumerRoute reader = accounts.reader()) {
                accounts.etagOfChanges(bad);
                accounts.change();
                reader.start();
                await().until(() -> reader.received().size() > PagedAccounts.ROWS);
                Received change = reader.received().get(PagedAccounts.ROWS);
                assertThat(change.headers()).doesNotContainKey(DataverseChangesConstants.ETAG);
                assertThat(change.key()).matches("[0-9a-f-]{36}@~[0-9a-f]{24}");
                assertThat(new ObjectMapper()
                                .readTree(change.text())
                                .path("@odata.etag")
                                .textValue())
                        .isEqualTo(etag);
                assertHeadersAreLines(change);
            }
        }
    }

    private static boolean isXml(String text) {
        return text.chars().allMatch(each -> each >= ' ' && each < 0xD800 || each == '\r' || each == '\n');
    }

    @Test
    @ProvesFault({"S8", "S12", "P15"})
    void theReasonOfATombstoneIsCleanedAndCut() throws Exception {
        for (String bad : BAD) {
            try (PagedAccounts accounts = new PagedAccounts(ChangeTrackingApi.WEB_API);
                    ConsumerRoute reader = accounts.reader()) {
                accounts.reasonOfChanges("gone " + bad);
                accounts.change();
                reader.start();
                await().until(() -> reader.received().size() > PagedAccounts.ROWS);
                Received change = reader.received().get(PagedAccounts.ROWS);
                assertThat(change.type()).isEqualTo("delete");
                assertThat((String) change.headers().get(DataverseChangesConstants.REASON))
                        .startsWith("gone")
                        .hasSizeLessThanOrEqualTo(101);
                assertHeadersAreLines(change);
            }
        }
    }

    private static void assertHeadersAreLines(Received change) {
        assertThat(change.headers()).allSatisfy((name, value) -> assertThat(String.valueOf(value))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]")
                .hasSizeLessThanOrEqualTo(128));
    }
}
