package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedQueryTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    @Test
    void theFirstLinkNamesTheColumnsInTheOrderGiven() {
        assertThat(web(query(List.of("name", "accountnumber"), "")).firstLink(ACCOUNT))
                .isEqualTo(ROOT + "accounts?$select=name,accountnumber");
        assertThat(web(query(List.of(), "")).firstLink(ACCOUNT)).isEqualTo(ROOT + "accounts");
    }

    @Test
    void trackingIsAskedForOnceAndThePageSizeEachTime() {
        TrackedQuery query = web(query(List.of("name"), ""));

        assertThat(query.preferTracking()).isEqualTo("odata.track-changes,odata.maxpagesize=500");
        assertThat(query.preferPaging()).isEqualTo("odata.maxpagesize=500");
    }

    @Test
    void annotationsAreAskedForEachTime() {
        TrackedQuery query = web(query(List.of("name"), "*"));

        assertThat(query.preferTracking())
                .isEqualTo("odata.track-changes,odata.maxpagesize=500,odata.include-annotations=\"*\"");
        assertThat(query.preferPaging()).isEqualTo("odata.maxpagesize=500,odata.include-annotations=\"*\"");
    }

    @Test
    void theFingerprintIsThatOfWhatIsAskedFor() {
        String fingerprint = query(List.of("name", "accountnumber"), "").fingerprint();

        assertThat(fingerprint).isEqualTo("api=webApi;select=accountnumber,name;annotations=");
        assertThat(query(List.of("accountnumber", "name"), "").fingerprint()).isEqualTo(fingerprint);
        assertThat(new TrackingQuery(ChangeTrackingApi.WEB_API, ROOT, List.of("name", "accountnumber"), "", 1)
                        .fingerprint())
                .isEqualTo(fingerprint);
        assertThat(query(List.of("name"), "").fingerprint()).isNotEqualTo(fingerprint);
        assertThat(query(List.of(), "").fingerprint()).isNotEqualTo(fingerprint);
        assertThat(query(List.of("name", "accountnumber"), "*").fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void theFingerprintOfTheOtherApiIsAnotherOne() {
        TrackingQuery other = new TrackingQuery(ChangeTrackingApi.ORGANIZATION_SERVICE, ROOT, List.of("name"), "", 500);

        assertThat(other.fingerprint()).isEqualTo("api=organizationService;select=name;annotations=");
    }

    private static TrackedQuery web(TrackingQuery query) {
        return new TrackedQuery(query);
    }

    private static TrackingQuery query(List<String> select, String annotations) {
        return new TrackingQuery(ChangeTrackingApi.WEB_API, ROOT, select, annotations, 500);
    }
}
