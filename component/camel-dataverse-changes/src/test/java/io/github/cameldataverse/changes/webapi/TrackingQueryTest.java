package io.github.cameldataverse.changes.webapi;

import static io.github.cameldataverse.changes.webapi.Pages.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.source.TableDefinition;
import io.github.cameldataverse.changes.source.TrackingQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingQueryTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    @Test
    void theFirstLinkNamesTheColumnsInTheOrderGiven() {
        assertThat(web(query(List.of("name", "accountnumber"), "")).firstLink(ACCOUNT))
                .isEqualTo(ROOT + "accounts?$select=name,accountnumber");
        assertThat(web(query(List.of(), "")).firstLink(ACCOUNT)).isEqualTo(ROOT + "accounts");
    }

    @Test
    void trackingIsAskedForOnceAndThePageSizeEachTime() {
        WebQuery query = web(query(List.of("name"), ""));

        assertThat(query.preferTracking()).isEqualTo("odata.track-changes,odata.maxpagesize=500");
        assertThat(query.preferPaging()).isEqualTo("odata.maxpagesize=500");
    }

    @Test
    void annotationsAreAskedForEachTime() {
        WebQuery query = web(query(List.of("name"), "*"));

        assertThat(query.preferTracking())
                .isEqualTo("odata.track-changes,odata.maxpagesize=500,odata.include-annotations=\"*\"");
        assertThat(query.preferPaging()).isEqualTo("odata.maxpagesize=500,odata.include-annotations=\"*\"");
    }

    @Test
    void theFingerprintIsThatOfWhatIsAskedFor() {
        String fingerprint = query(List.of("name", "accountnumber"), "").fingerprint();

        assertThat(fingerprint).isEqualTo("api=webApi;select=accountnumber,name;annotations=");
        assertThat(query(List.of("accountnumber", "name"), "").fingerprint()).isEqualTo(fingerprint);
        assertThat(new TrackingQuery(Api.WEB_API, ROOT, List.of("name", "accountnumber"), "", 1).fingerprint())
                .isEqualTo(fingerprint);
        assertThat(query(List.of("name"), "").fingerprint()).isNotEqualTo(fingerprint);
        assertThat(query(List.of(), "").fingerprint()).isNotEqualTo(fingerprint);
        assertThat(query(List.of("name", "accountnumber"), "*").fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void theFingerprintOfTheOtherApiIsAnotherOne() {
        TrackingQuery other = new TrackingQuery(Api.ORGANIZATION_SERVICE, ROOT, List.of("name"), "", 500);

        assertThat(other.fingerprint()).isEqualTo("api=organizationService;select=name;annotations=");
    }

    private static WebQuery web(TrackingQuery query) {
        return new WebQuery(query);
    }

    private static TrackingQuery query(List<String> select, String annotations) {
        return new TrackingQuery(Api.WEB_API, ROOT, select, annotations, 500);
    }
}
