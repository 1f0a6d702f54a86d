package io.github.cameldataverse.changes.internal.orgservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.internal.webapi.WebApiTableQueries;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrganizationServiceSourceTest {

    private static final String TOKEN = "2818000!11/05/2025 20:00:00";

    private LoopbackServer server;
    private WiredDataverseClient line;
    private ChangeSource service;
    private final Checkpoint load = Checkpoint.first(Phase.INITIAL, Instant.EPOCH, "f");
    private final Checkpoint round = load.nextRound(PagingPosition.round(TOKEN), Instant.EPOCH);

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        line = new WiredDataverseClient(server.origin()).maxRetries(1);
        service = over(line);
    }

    private ChangeSource over(WiredDataverseClient client) {
        TrackingQuery query = new TrackingQuery(
                ChangeTrackingApi.ORGANIZATION_SERVICE,
                server.apiRoot(),
                List.of("name", "_primarycontactid_value"),
                "",
                500);
        PageLimits limits = new PageLimits(1 << 20, 1 << 22, Duration.ofMinutes(10));
        return new OrganizationServiceSource(client.client(), query, limits, table -> Map.of());
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        server.close();
    }

    /** Should the service send one all the same: it would be of a moment at which the page before was not all there is. */
    @Test
    @ProvesSentence("current-46")
    void aTokenOnAPageThatIsNotTheLastIsNotTaken() throws Exception {
        answer(
                200,
                SampleEnvelopes.page(SampleEnvelopes.upsert(), true, "<cookie page=\"1\"/>", SampleEnvelopes.TOKEN));

        Page.Next next = service.page(SampleEnvelopes.ACCOUNT, load).next();

        assertThat(next).isInstanceOf(Page.MorePages.class);
        answer(200, SampleEnvelopes.lastPage());
        service.page(SampleEnvelopes.ACCOUNT, load.nextPage(((Page.MorePages) next).link(), 1));
        assertThat(server.requests().get(1).body()).contains("PagingCookie").doesNotContain("DataVersion");
    }

    @Test
    @ProvesFault({"P8", "P9"})
    void changesThatAreNilMeanUnchangedAtTheStartOfADeltaAndAreRefusedElsewhere() throws Exception {
        String ends = SampleEnvelopes.lastPage().replace("<o:Changes></o:Changes>", "<o:Changes i:nil=\"true\"/>");
        answer(200, ends);
        assertThat(service.page(SampleEnvelopes.ACCOUNT, round)).isEqualTo(new Page(List.of(), new Page.Unchanged()));
        answer(200, ends.replace("false</o:MoreRecords>", "true</o:MoreRecords>"));
        assertThat(catchThrowableOfType(ServiceFault.class, () -> service.page(SampleEnvelopes.ACCOUNT, round)))
                .isInstanceOf(ServiceFault.Transient.class);
        answer(200, ends);
        for (Checkpoint checkpoint : List.of(load, behindAPage(load), behindAPage(round))) {
            assertThat(catchThrowableOfType(
                            ServiceFault.class, () -> service.page(SampleEnvelopes.ACCOUNT, checkpoint)))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessageContaining("nil in place of its changes");
        }
    }

    @Test
    @ProvesFault("P12")
    void aPageOfMoreRowsThanWereAskedForIsTakenUpToTheBytesThatAreAllowed() throws Exception {
        String page = SampleEnvelopes.lastPage(IntStream.range(0, 501)
                .mapToObj(row -> SampleEnvelopes.upsert())
                .toArray(String[]::new));
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        answer(200, page);
        assertThat(service.page(SampleEnvelopes.ACCOUNT, load).changes()).hasSize(501);
        try (WiredDataverseClient tooFew = new WiredDataverseClient(server.origin()).maxBytes(bytes - 1)) {
            assertThat(catchThrowableOfType(
                            ServiceFault.class, () -> over(tooFew).page(SampleEnvelopes.ACCOUNT, load)))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessageContaining("larger than " + (bytes - 1) + " bytes")
                    .hasMessageContaining("maxPageSize");
        }
    }

    private static Checkpoint behindAPage(Checkpoint start) throws Exception {
        return start.nextPage(PagingPosition.of(start).next("<cookie page=\"1\"/>"), 1);
    }

    @Test
    void theFirstPageOfALoadAsksWithoutAToken() throws Exception {
        answer(200, SampleEnvelopes.lastPage(SampleEnvelopes.upsert()));

        Page page = service.page(SampleEnvelopes.ACCOUNT, load);

        assertThat(page.changes()).extracting(Change::id).containsExactly(SampleEnvelopes.ID);
        assertThat(page.next()).isEqualTo(new Page.RoundEnd(PagingPosition.round(SampleEnvelopes.TOKEN)));
        LoopbackServer.Request request = server.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/XRMServices/2011/Organization.svc/web");
        assertThat(request.header("Content-Type")).isEqualTo("text/xml; charset=utf-8");
        assertThat(request.header("SOAPAction"))
                .isEqualTo("\"http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/Execute\"");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + WiredDataverseClient.TOKEN);
        assertThat(request.body())
                .contains("<b:key>EntityName</b:key><b:value i:type=\"c:string\">account</b:value>")
                .contains("<a:AllColumns>false</a:AllColumns><a:Columns><f:string>name</f:string>"
                        + "<f:string>primarycontactid</f:string></a:Columns>")
                .contains("<a:Count>500</a:Count><a:PageNumber>1</a:PageNumber><a:PagingCookie i:nil=\"true\"/>"
                        + "<a:ReturnTotalRecordCount>false</a:ReturnTotalRecordCount>")
                .contains("<a:RequestName>RetrieveEntityChanges</a:RequestName>")
                .doesNotContain("DataVersion");
    }

    @Test
    @ProvesSentence({"current-30", "current-45"})
    void aRoundAsksWithItsTokenAndItsNextPageWithTheCookieToo() throws Exception {
        String cookie = "<cookie page=\"1\"><accountid last=\"{1}\" /></cookie>";
        answer(200, SampleEnvelopes.page("", true, cookie, ""));

        Page first = service.page(SampleEnvelopes.ACCOUNT, round);
        Page.MorePages more = (Page.MorePages) first.next();
        answer(200, SampleEnvelopes.lastPage());
        service.page(SampleEnvelopes.ACCOUNT, round.nextPage(more.link(), 0));

        String version = "<b:key>DataVersion</b:key><b:value i:type=\"c:string\">" + TOKEN + "</b:value>";
        assertThat(server.requests().get(0).body()).contains(version);
        assertThat(server.requests().get(1).body())
                .contains(version)
                .contains("<a:PageNumber>2</a:PageNumber><a:PagingCookie>&lt;cookie page=\"1\"&gt;&lt;accountid"
                        + " last=\"{1}\" /&gt;&lt;/cookie&gt;</a:PagingCookie>");
    }

    @Test
    void aPageThatSaysMoreAndNotWhereIsRefused() {
        answer(200, SampleEnvelopes.page("", true, "", ""));

        assertThat(faultAt(round))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("sent no paging cookie");
    }

    @Test
    @ProvesFault("P7")
    void aLastPageWithoutATokenIsRefused() {
        answer(200, SampleEnvelopes.page("", false, "", ""));

        assertThat(faultAt(round))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("without a data token");
    }

    @Test
    void aQuestionIsAskedAgainLikeAnyOther() throws Exception {
        server.then(LoopbackServer.bytes(503, new byte[0], "text/html"));
        answer(200, SampleEnvelopes.lastPage());

        service.page(SampleEnvelopes.ACCOUNT, load);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).body())
                .isEqualTo(server.requests().get(0).body())
                .isNotEmpty();
    }

    @Test
    void aFaultWithAGoodStatusIsOneAllTheSame() {
        answer(200, SampleEnvelopes.fault(-2147204270, "Version stamp has expired.", ""));

        assertThat(faultAt(round)).isInstanceOf(ServiceFault.TokenExpired.class);
    }

    @Test
    void aPageThatCannotBeReadIsAskedForAgainLater() {
        answer(200, SampleEnvelopes.lastPage().substring(0, 900));

        assertThat(faultAt(round))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageStartingWith(
                        "The service sent a page of the table account that cannot be used, and nothing of"
                                + " it was delivered: The answer is no whole XML document");
    }

    @Test
    void aTokenOfTheWebApiIsNotSentHere() {
        Checkpoint foreign = load.nextRound(server.apiRoot() + "accounts?$deltatoken=1%2102%2f2022", Instant.EPOCH);

        assertThat(faultAt(foreign)).isInstanceOf(ServiceFault.Permanent.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void changesAreCountedByTheWebApi() throws Exception {
        server.then(LoopbackServer.bytes(200, "42".getBytes(StandardCharsets.UTF_8), "text/plain"));

        String deltaLink = service.deltaLink(SampleEnvelopes.ACCOUNT, PagingPosition.round(TOKEN));

        assertThat(new WebApiTableQueries(line.client(), server.apiRoot(), Duration.ofMinutes(10))
                        .count(SampleEnvelopes.ACCOUNT, deltaLink))
                .isEqualTo(42);
        assertThat(server.requests().get(0).target())
                .isEqualTo("/api/data/v9.2/accounts/$count?$deltatoken=2818000%2111%2F05%2F2025%2020%3A00%3A00");
    }

    private ServiceFault faultAt(Checkpoint checkpoint) {
        return catchThrowableOfType(ServiceFault.class, () -> service.page(SampleEnvelopes.ACCOUNT, checkpoint));
    }

    private void answer(int status, String body) {
        server.answering(
                LoopbackServer.bytes(status, body.getBytes(StandardCharsets.UTF_8), "text/xml; charset=utf-8"));
    }
}
