package io.github.cameldataverse.changes.behaviour.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The .NET sample of the change tracking document, over the wire: the books are read page by page until MoreRecords is
 * false, with the paging cookie of the page before and the next page number, and the data token of the last page starts
 * the next round.
 */
class SdkSampleTest {

    private static final String COLUMNS = "sample_bookcode,sample_name,sample_author";
    private static final Pattern PAGE_INFO =
            Pattern.compile("<a:Count>(\\d+)</a:Count><a:PageNumber>(\\d+)</a:PageNumber>"
                    + "<a:PagingCookie(?: i:nil=\"true\"/>|>(.*)</a:PagingCookie>)"
                    + "<a:ReturnTotalRecordCount>false</a:ReturnTotalRecordCount>");

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    @ProvesSentence({
        "current-28",
        "current-29",
        "current-30",
        "current-44",
        "current-45",
        "current-49",
        "2021-14",
        "2021-22"
    })
    void theBooksOfTheSampleAreReadAsTheSampleReadsThem() throws Exception {
        SimulatedTable books = books();
        List<String> ids = new ArrayList<>();
        for (int book = 0; book < 10; book++) {
            ids.add(books.create(Map.of("sample_bookcode", "B" + book, "sample_name", "Book " + book)));
        }
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 10 && reader.polls() > 0);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
            assertThat(reader.received().get(0).text())
                    .contains("\"sample_bookcode\":\"B0\",\"sample_name\":\"Book 0\",\"sample_author\":null");
            assertSampleRequests();

            books.update(ids.get(0), Map.of("sample_author", "Somebody"));
            books.delete(ids.get(1));
            String eleventh = books.create(Map.of("sample_bookcode", "B10", "sample_name", "Book 10"));
            await().until(() -> reader.received().size() == 13);
            assertThat(reader.types().subList(10, 13)).contains("upsert", "delete");
            assertThat(reader.received().subList(10, 13))
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrder(ids.get(0), ids.get(1), eleventh);
        }
    }

    @Test
    @ProvesSentence("current-46")
    void onlyTheTokenOfTheLastPageIsStored() throws Exception {
        SimulatedTable books = books();
        for (int book = 0; book < 10; book++) {
            books.create(Map.of("sample_bookcode", "B" + book));
        }
        AtomicBoolean failing = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader()) {
            reader.doing(exchange -> failInTheSecondPage(reader, failing)).start();
            await().until(() -> reader.word() == ReaderStatus.Word.POISONED);
            assertThat(reader.checkpoint()).satisfies(between -> {
                assertThat(between.pages()).isOne();
                assertThat(between.roundLink()).isNull();
            });
            failing.set(false);
            await().until(() ->
                    reader.received().size() == 10 && reader.checkpoint().roundLink() != null);
        }
    }

    private static void failInTheSecondPage(ConsumerRoute reader, AtomicBoolean failing) {
        if (failing.get() && reader.received().size() == 5) {
            throw new IllegalStateException("the sink is down");
        }
    }

    private void assertSampleRequests() {
        List<ReceivedRequest> load = simulator.requests().stream()
                .filter(request -> !request.body().isEmpty() && !RequestKind.forTheStartOfARound(request))
                .toList();
        assertThat(load).hasSize(3).allSatisfy(request -> {
            assertThat(request.body())
                    .contains("<b:key>EntityName</b:key><b:value i:type=\"c:string\">sample_book</b:value>")
                    .contains("<a:Columns><f:string>sample_bookcode</f:string><f:string>sample_name</f:string>"
                            + "<f:string>sample_author</f:string></a:Columns>")
                    .contains("<a:RequestName>RetrieveEntityChanges</a:RequestName>")
                    .doesNotContain("DataVersion");
        });
        for (int page = 0; page < 3; page++) {
            Matcher info = PAGE_INFO.matcher(load.get(page).body());
            assertThat(info.find()).isTrue();
            assertThat(info.group(1)).isEqualTo("4");
            assertThat(info.group(2)).isEqualTo(String.valueOf(page + 1));
            assertThat(info.group(3) == null).as("the first page has no cookie").isEqualTo(page == 0);
        }
    }

    private SimulatedTable books() {
        return simulator.define(TableSchema.named("sample_book")
                .column("sample_bookcode", ColumnType.TEXT)
                .column("sample_name", ColumnType.TEXT)
                .column("sample_author", ColumnType.TEXT)
                .primaryNameColumn("sample_name"));
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator)
                .table("sample_book")
                .with("api", "organizationService")
                .with("select", COLUMNS)
                .with("maxPageSize", 4);
    }
}
