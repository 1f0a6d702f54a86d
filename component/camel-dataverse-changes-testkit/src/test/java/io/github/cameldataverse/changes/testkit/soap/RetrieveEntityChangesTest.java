package io.github.cameldataverse.changes.testkit.soap;

import static io.github.cameldataverse.changes.testkit.harness.SoapReply.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.attributes;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.children;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.in;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.names;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.text;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class RetrieveEntityChangesTest extends SimulatorTest {
    private static final Pattern STAMP = Pattern.compile("\\d+!\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d");

    @Test
    void aLoadBringsAllRowsAndADataToken() {
        createAccounts(3);
        SoapReply reply = call().send();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/xml; charset=utf-8");
        assertThat(reply.ids()).containsExactlyElementsOf(accounts().ids());
        assertThat(reply.dataToken())
                .hasValueSatisfying(token -> assertThat(token).matches(STAMP));
        assertThat(reply.moreRecords()).isFalse();
        assertThat(reply.pagingCookie()).isEmpty();
    }

    @Test
    void membersStandByTheAlphabetWithThoseOfTheBaseClassFirst() {
        createAccounts(1);
        SoapReply reply = call().send();
        Element result = reply.the(SoapReply.CHANGES, "Changes");
        assertThat(names((Element) result.getParentNode()))
                .containsExactly(
                        "Changes",
                        "DataToken",
                        "GlobalMetadataVersion",
                        "MoreRecords",
                        "PagingCookie",
                        "RecordCountLessThanMarv");
        Element item = reply.items().get(0);
        assertThat(names(item)).containsExactly("NewOrUpdatedEntity", "Type");
        assertThat(type(item)).isEqualTo(new QName(SoapReply.CHANGES, "NewOrUpdatedItem"));
        assertThat(names(children(item).get(0)))
                .containsExactly(
                        "Attributes",
                        "EntityState",
                        "FormattedValues",
                        "Id",
                        "KeyAttributes",
                        "LogicalName",
                        "RelatedEntities",
                        "RowVersion");
        assertThat(text(in(item, CONTRACTS, "RowVersion", "NewOrUpdatedEntity")))
                .isEqualTo(Long.toString(accounts().version(accounts().ids().get(0))));
    }

    @Test
    void aDeltaBringsWhatWasWrittenAndDeletedSinceTheToken() {
        createAccounts(3);
        List<String> ids = accounts().ids();
        String token = call().send().dataToken().orElseThrow();
        SIMULATOR.clock().freeze(Instant.parse("2025-11-05T20:47:30Z"));
        accounts().delete(ids.get(0));
        accounts().update(ids.get(1), Map.of("name", "Changed"));
        SIMULATOR.switches().expireChangeTrackingInDays(365);
        SoapReply delta = call().since(token).send();
        assertThat(delta.ids()).containsExactly(ids.get(1), ids.get(0));
        assertThat(text(attributes(delta.items().get(0)).get("name"))).isEqualTo("Changed");
        Element deletion = delta.items().get(1);
        assertThat(type(deletion)).isEqualTo(new QName(SoapReply.CHANGES, "RemovedOrDeletedItem"));
        assertThat(names(children(deletion).get(0)))
                .containsExactly("Id", "KeyAttributes", "LogicalName", "Name", "RowVersion");
        assertThat(text(children(deletion).get(1))).isEqualTo("RemoveOrDeleted");
        assertThat(text(in(deletion, CONTRACTS, "RowVersion", "RemovedItem")))
                .matches(STAMP)
                .endsWith("!11/05/2025 20:47:30");
        assertThat(call().since(delta.dataToken().orElseThrow()).send().items()).isEmpty();
    }

    @Test
    void aRoundIsPagedByCookiesAndOnlyItsLastPageHasADataToken() {
        createAccounts(5);
        List<String> ids = accounts().ids();
        List<SoapReply> load = call().count(2).round();
        assertThat(load).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
        assertThat(load).extracting(page -> page.dataToken().isPresent()).containsExactly(false, false, true);
        assertThat(load).extracting(SoapReply::moreRecords).containsExactly(true, true, false);
        ids.subList(0, 3).forEach(accounts()::delete);
        accounts().update(ids.get(3), Map.of("name", "Changed"));
        List<SoapReply> delta =
                call().count(3).since(load.get(2).dataToken().orElseThrow()).round();
        assertThat(delta.stream().flatMap(page -> page.ids().stream()))
                .containsExactly(ids.get(3), ids.get(0), ids.get(1), ids.get(2));
    }

    @Test
    void aRowWrittenBetweenTwoPagesIsInTheNextDeltaAtTheLatest() {
        createAccounts(3);
        List<String> ids = accounts().ids();
        SoapReply first = call().count(1).send();
        accounts().update(ids.get(2), Map.of("name", "Changed"));
        SoapReply second =
                call().count(5).page(2, first.pagingCookie().orElseThrow()).send();
        assertThat(second.ids()).containsExactly(ids.get(1));
        assertThat(call().since(second.dataToken().orElseThrow()).send().ids()).containsExactly(ids.get(2));
    }

    @Test
    void aTokenOfTheWebApiIsADataVersionToo() {
        createAccounts(1);
        String link = client().get("accounts?$select=name", WebApiClient.TRACK)
                .json()
                .get("@odata.deltaLink")
                .asText();
        String token = URLDecoder.decode(link.substring(link.indexOf("$deltatoken=") + 12), StandardCharsets.UTF_8);
        createAccounts(1);
        assertThat(call().since(token).send().ids())
                .containsExactly(accounts().ids().get(1));
    }

    @Test
    void aTokenThatIsTooOldIsAFault() {
        createAccounts(1);
        String token = call().send().dataToken().orElseThrow();
        SIMULATOR.clock().advance(Duration.ofDays(8));
        SoapReply reply = call().since(token).send();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.errorCode()).isEqualTo(-2147204270);
        assertThat(reply.message())
                .isEqualTo("Version stamp associated with the client has expired. Please perform a full sync.");
    }

    private static SoapCall call() {
        return SoapCall.of(SIMULATOR, "account", "name");
    }
}
