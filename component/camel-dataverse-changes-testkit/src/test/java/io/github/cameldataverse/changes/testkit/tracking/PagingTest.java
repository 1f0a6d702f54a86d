package io.github.cameldataverse.changes.testkit.tracking;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagingTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";

    @Test
    @WireReference({"current-41", "2021-21"})
    void thousandsOfRowsComeInPagesOfFiveThousandWithoutOneMissingOrTwice() {
        createAccounts(12_001);
        List<JsonNode> pages = WebApiClient.pages(client().api(LOAD), TRACK);
        assertThat(pages).extracting(page -> page.get("value").size()).containsExactly(5000, 5000, 2001);
        assertThat(WebApiClient.values(pages))
                .extracting(row -> row.get("accountid").asText())
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(accounts().ids());
    }

    @Test
    void aBiggerPageThanFiveThousandIsSilentlyMadeSmaller() {
        createAccounts(5001);
        assertThat(client().get(LOAD, TRACK, "odata.maxpagesize=9999").json().get("value"))
                .hasSize(5000);
    }

    @Test
    @WireReference("current-39")
    void tombstonesCountToThePageSizeAndComeLast() {
        createAccounts(7);
        URI delta = WebApiClient.deltaLink(WebApiClient.pages(client().api(LOAD), TRACK));
        List<String> ids = accounts().ids();
        ids.subList(0, 3).forEach(accounts()::delete);
        ids.subList(3, 7).forEach(id -> accounts().update(id, Map.of("name", "Changed")));
        List<JsonNode> pages = WebApiClient.pages(delta, "odata.maxpagesize=3");
        assertThat(pages).extracting(page -> page.get("value").size()).containsExactly(3, 3, 1);
        assertThat(WebApiClient.values(pages))
                .extracting(change -> change.has("reason"))
                .containsExactly(false, false, false, false, true, true, true);
        assertThat(pages).allMatch(page -> page.get("@odata.context").asText().endsWith("/$delta"));
        assertThat(pages.get(0).has("@odata.deltaLink")).isFalse();
        assertThat(pages.get(2).has("@odata.nextLink")).isFalse();
    }

    @Test
    void rowsThatFillThePageExactlyLeaveTheTombstonesToTheNext() {
        createAccounts(4);
        URI delta = WebApiClient.deltaLink(WebApiClient.pages(client().api(LOAD), TRACK));
        List<String> ids = accounts().ids();
        accounts().delete(ids.get(0));
        accounts().update(ids.get(1), Map.of("name", "Changed"));
        accounts().update(ids.get(2), Map.of("name", "Changed"));
        assertThat(WebApiClient.pages(delta, "odata.maxpagesize=2"))
                .extracting(page -> page.get("value").size())
                .containsExactly(2, 1);
    }

    @Test
    @WireReference("current-38")
    void aRowWrittenLastComesLastWhateverItsAge() {
        createAccounts(3);
        accounts().update(accounts().ids().get(0), Map.of("name", "Old but changed"));
        assertThat(WebApiClient.values(WebApiClient.pages(client().api(LOAD), TRACK)))
                .extracting(row -> row.get("name").asText())
                .containsExactly("Account 1", "Account 2", "Old but changed");
    }

    @Test
    void thePagingCookieCarriesTheWatermarkAsClientsDigItOut() {
        createAccounts(3);
        long last = accounts().version(accounts().ids().get(2));
        String next = client().get(LOAD, TRACK, "odata.maxpagesize=1")
                .json()
                .get("@odata.nextLink")
                .asText();
        assertThat(next)
                .contains("$select=name&$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie");
        String outer = URLDecoder.decode(next.substring(next.indexOf("$skiptoken=") + 11), UTF_8);
        Matcher cookie = Pattern.compile("pagingcookie=\"([^\"]*)\" istracking=\"True\" />")
                .matcher(outer);
        assertThat(cookie.find()).isTrue();
        String inner = URLDecoder.decode(cookie.group(1), UTF_8);
        assertThat(inner).contains("maxTimestamp=\"" + last + "\"").contains("<accountid last=\"{");
    }

    @Test
    void aDeltaLinkMadeFromThatWatermarkIsTaken() {
        createAccounts(2);
        long last = accounts().version(accounts().ids().get(1));
        String made = LOAD + "&$deltatoken=" + last + "%2111%2F21%2F" + Year.now(ZoneOffset.UTC) + "+20%3A06%3A12";
        SIMULATOR.switches().expireChangeTrackingInDays(365);
        createAccounts(1);
        assertThat(client().get(made).json().get("value")).hasSize(1);
    }

    @Test
    void anAlteredPagingCookieIsRefused() {
        createAccounts(2);
        String next = client().get(LOAD, TRACK, "odata.maxpagesize=1")
                .json()
                .get("@odata.nextLink")
                .asText();
        WebApiClient.Reply reply = WebApiClient.get(URI.create(next.replace("pagenumber", "pagenummer")));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("0x8004112A");
    }

    @Test
    void aPageInTheMiddleExpiresWithTheTokenOfItsRound() {
        createAccounts(3);
        String next = client().get(LOAD, TRACK, "odata.maxpagesize=1")
                .json()
                .get("@odata.nextLink")
                .asText();
        SIMULATOR.clock().advance(Duration.ofDays(8));
        assertThat(WebApiClient.get(URI.create(next)).code()).isEqualTo("0x80044352");
    }

    @Test
    @WireReference("current-13")
    void anOrdinaryQueryIsPagedTooAndHasNoDeltaLink() {
        createAccounts(3);
        List<JsonNode> pages =
                WebApiClient.pages(client().api("accounts?$select=name&$count=true"), "odata.maxpagesize=2");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0).get("@odata.count").asInt()).isEqualTo(3);
        assertThat(pages.get(0).get("@odata.nextLink").asText()).contains("istracking=%22False%22");
        assertThat(pages.get(1).has("@odata.deltaLink")).isFalse();
        assertThat(client().get("accounts?$top=2").json().get("value")).hasSize(2);
    }
}
