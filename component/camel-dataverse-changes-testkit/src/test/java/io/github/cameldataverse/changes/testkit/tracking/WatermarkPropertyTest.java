package io.github.cameldataverse.changes.testkit.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.soap.SoapValuesTest;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Whatever is written between the pages of a load or of a delta is in that round or in the next one, never in neither. */
class WatermarkPropertyTest extends SimulatorTest {
    private final Map<String, String> reader = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aReaderThatFollowsTheLinksEndsUpWithTheTable(long seed) {
        Random random = new Random(seed);
        readDuringWrites(random);
        assertThat(reader).isEqualTo(table());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void aReaderThatFollowsTheCookiesEndsUpWithTheTable(long seed) {
        Random random = new Random(seed);
        createTwentyAccounts();
        SoapCall call = SoapCall.of(SIMULATOR, "account", "name");
        for (int round = 0; round < 4; round++) {
            call = call.since(readRound(call, random, round < 3));
        }
        assertThat(reader).isEqualTo(table());
    }

    @Test
    void theTestFindsALossWhenTheWatermarkMoves() {
        int lost = 0;
        for (long seed = 1; seed <= 20; seed++) {
            SIMULATOR.simulator().reset();
            reader.clear();
            SIMULATOR.switches().watermark(Watermark.LAST_PAGE);
            readDuringWrites(new Random(seed));
            lost += reader.equals(table()) ? 0 : 1;
        }
        assertThat(lost).isPositive();
    }

    /** This reader takes a tombstone for the truth: an old one would be a loss of its own. */
    private static void createTwentyAccounts() {
        SIMULATOR.switches().tombstoneAfterReturn(false);
        createAccounts(20);
    }

    private void readDuringWrites(Random random) {
        createTwentyAccounts();
        URI next = client().api("accounts?$select=name");
        boolean tracked = true;
        for (int round = 0; round < 4; round++) {
            next = readRound(next, tracked, random, round < 3);
            tracked = false;
        }
    }

    /** Reads all pages of a round, and gives the link of the next. */
    private URI readRound(URI first, boolean load, Random random, boolean writing) {
        URI next = first;
        while (true) {
            String size = "odata.maxpagesize=" + (1 + random.nextInt(6));
            JsonNode page =
                    (load ? WebApiClient.get(next, WebApiClient.TRACK, size) : WebApiClient.get(next, size)).json();
            page.get("value").forEach(this::apply);
            if (writing) {
                write(random);
            }
            if (page.has("@odata.deltaLink")) {
                return URI.create(page.get("@odata.deltaLink").asText());
            }
            next = URI.create(page.get("@odata.nextLink").asText());
        }
    }

    /** Reads all pages of a round, and gives the token of the next. */
    private String readRound(SoapCall first, Random random, boolean writing) {
        SoapCall call = first;
        while (true) {
            SoapReply page = call.count(1 + random.nextInt(6)).send();
            page.items().forEach(this::apply);
            if (writing) {
                write(random);
            }
            if (!page.moreRecords()) {
                return page.dataToken().orElseThrow();
            }
            call = call.page(call.page() + 1, page.pagingCookie().orElseThrow());
        }
    }

    private void apply(Element item) {
        String id = SoapReply.id(item);
        if ("RemovedOrDeletedItem".equals(SoapReply.type(item).getLocalPart())) {
            reader.remove(id);
        } else {
            String version = SoapReply.text(SoapReply.in(item, SoapCall.CONTRACTS, "RowVersion", "NewOrUpdatedEntity"));
            reader.put(id, "W/\"" + version + "\"" + SoapValuesTest.texts(item).get("name"));
        }
    }

    private void apply(JsonNode change) {
        if (change.has("reason")) {
            reader.remove(change.get("id").asText());
        } else {
            reader.put(
                    change.get("accountid").asText(),
                    change.get("@odata.etag").asText() + change.get("name").asText());
        }
    }

    private static void write(Random random) {
        List<String> ids = new ArrayList<>(accounts().ids());
        for (int i = random.nextInt(4); i > 0; i--) {
            int dice = random.nextInt(4);
            String id = ids.isEmpty() ? "" : ids.remove(random.nextInt(ids.size()));
            if (dice == 0 || id.isEmpty()) {
                accounts().create(Map.of("name", "Born " + random.nextInt(100)));
            } else if (dice == 1) {
                accounts().delete(id);
            } else if (dice == 2) {
                accounts().update(id, Map.of("name", "Changed " + random.nextInt(100)));
            } else {
                accounts().delete(id);
                accounts().restore(id);
            }
        }
    }

    private static Map<String, String> table() {
        Map<String, String> table = new TreeMap<>();
        accounts()
                .rows()
                .forEach((id, row) -> table.put(id, "W/\"" + row.get("versionnumber") + "\"" + row.get("name")));
        return table;
    }
}
