package io.github.cameldataverse.changes.testkit.documented;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.soap.SoapValuesTest;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The SDK sample of both documents, over the wire: a load of books, page by page, and its token. And what they say of the
 * Organization Service, sentence by sentence.
 */
class DocumentSdkSampleTest extends SimulatorTest {
    private static final String BOOK = "sample_book";

    @BeforeEach
    void makeTheTableOfTheSample() {
        SIMULATOR
                .simulator()
                .define(TableSchema.named(BOOK)
                        .custom(true)
                        .column("sample_bookcode", ColumnType.TEXT)
                        .column("sample_name", ColumnType.TEXT)
                        .column("sample_author", ColumnType.TEXT));
    }

    @Test
    @WireReference({"current-29", "current-30", "current-41", "current-45", "2021-14", "2021-21", "2021-22"})
    void theLoopOfTheSampleRetrievesAllRecordsAndAToken() {
        createBooks(5003);
        List<String> initialRecords = new ArrayList<>();
        SoapCall request = sample();
        String token;
        while (true) {
            SoapReply response = request.send();
            initialRecords.addAll(response.ids());
            if (!response.moreRecords()) {
                token = response.dataToken().orElseThrow();
                break;
            }
            request = request.page(request.page() + 1, response.pagingCookie().orElseThrow());
        }
        assertThat(request.page()).isEqualTo(2);
        assertThat(initialRecords).containsExactlyElementsOf(books().ids());
        assertThat(sample().since(token).send().items()).isEmpty();
    }

    @Test
    @WireReference("current-44")
    void theColumnsOfTheSampleComeWithThePrimaryId() {
        createBooks(1);
        Map<String, String> row = SoapValuesTest.texts(sample().send().items().get(0));
        assertThat(row)
                .containsExactly(
                        Map.entry("sample_bookcode", "B0"),
                        Map.entry("sample_name", "Book 0"),
                        Map.entry("sample_author", "Author"),
                        Map.entry("sample_bookid", books().ids().get(0)));
    }

    @Test
    @WireReference({"current-32", "current-33", "2021-16"})
    void withoutATokenAllRecordsAreNewAndDeletedOnesAreNotReturned() {
        createBooks(3);
        String deleted = books().ids().get(1);
        books().delete(deleted);
        assertThat(sample().send().ids()).hasSize(2).doesNotContain(deleted);
    }

    @Test
    @WireReference({"current-37", "2021-19"})
    void whatWasCreatedAndDeletedSinceTheTokenComesAsDeleted() {
        String token = sample().send().dataToken().orElseThrow();
        createBooks(1);
        String id = books().ids().get(0);
        books().delete(id);
        SoapReply delta = sample().since(token).send();
        assertThat(delta.ids()).containsExactly(id);
        assertThat(types(delta)).containsExactly("RemovedOrDeletedItem");
    }

    @Test
    @WireReference({"current-39", "current-40", "2021-20"})
    void threeThousandWrittenAndTwoThousandDeletedAreOneCollectionInThatOrder() {
        createBooks(2000);
        String token = sample().send().dataToken().orElseThrow();
        books().ids().forEach(books()::delete);
        createBooks(3000);
        SoapReply delta = sample().since(token).send();
        assertThat(delta.moreRecords()).isFalse();
        assertThat(types(delta).subList(0, 3000)).containsOnly("NewOrUpdatedItem");
        assertThat(types(delta).subList(3000, 5000)).containsOnly("RemovedOrDeletedItem");
    }

    @Test
    @WireReference("current-36")
    void anOldTokenIsAnExceptionToday() {
        String token = sample().send().dataToken().orElseThrow();
        SIMULATOR.clock().advance(Duration.ofDays(8));
        assertThat(sample().since(token).send().errorCode()).isEqualTo(-2147204270);
    }

    @Test
    @WireReference("2021-18")
    void anOldTokenBroughtAllRowsIn2021() {
        SIMULATOR.switches().expireChangeTrackingInDays(90).expiry(DeltaTokenExpiry.SILENT_FULL_LOAD);
        createBooks(3);
        String token = sample().send().dataToken().orElseThrow();
        SIMULATOR.clock().advance(Duration.ofDays(91));
        List<SoapReply> round = sample().count(2).since(token).round();
        assertThat(round.stream().flatMap(page -> page.ids().stream())).containsExactlyElementsOf(books().ids());
    }

    @Test
    @WireReference({"current-42", "current-43"})
    void aUserWithLimitedReadAccessGetsAPrivilegeError() {
        SIMULATOR.switches().caller(CallerRights.USER_READ);
        SoapReply reply = sample().send();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.errorCode()).isEqualTo(-2147220960);
        assertThat(reply.message()).contains("prvReadSample_book").contains("Required Depth: Global");
    }

    private static List<String> types(SoapReply reply) {
        return reply.items().stream()
                .map(item -> SoapReply.type(item).getLocalPart())
                .toList();
    }

    private static SoapCall sample() {
        return SoapCall.of(SIMULATOR, BOOK, "sample_bookcode", "sample_name", "sample_author");
    }

    private static SimulatedTable books() {
        return SIMULATOR.table(BOOK);
    }

    private static void createBooks(int count) {
        for (int i = 0; i < count; i++) {
            books().create(Map.of("sample_bookcode", "B" + i, "sample_name", "Book " + i, "sample_author", "Author"));
        }
    }
}
