package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOriginTest {

    private static final URI GOOD = URI.create("https://good.example");
    private static final URI PAGE = URI.create("https://good.example/api/data/v9.2/accounts?$select=name&$skiptoken=1");

    private final ServiceOrigin origin = new ServiceOrigin(GOOD, List.of(), new SecretsInUse());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/api/data/v9.2/accounts?$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44",
                "https://good.example:443/api/data/v9.2/accounts?$deltatoken=1",
                "https://good.example:/api/data/v9.2/accounts?$deltatoken=1",
                "HTTPS://GOOD.Example/api/data/v9.2/accounts?$deltatoken=1",
                "https://good.example/API/Data/v9.2/accounts?$deltatoken=1",
                "https://good.example/api/data/v9.2/accounts?$skiptoken=%3ccookie%20pagenumber=%222%22%20x=%22..%2f..%22/%3e",
                "https://good.example/api/data/v9.2/accounts?x=/../y",
                "https://good.example/api/data/v9.2/accounts(00000000-0000-0000-0000-000000000001)?$select=a",
                "https://good.example/api/data/v9.2/a..b/...?x"
            })
    void aLinkOfTheOrganizationIsAdmittedToTheLetter(String link) throws Exception {
        assertThat(origin.admit(PAGE, link).toString()).isEqualTo(link);
    }

    @ParameterizedTest
    @CsvSource({
        "accounts?$skiptoken=2, https://good.example/api/data/v9.2/accounts?$skiptoken=2",
        "./accounts?$skiptoken=2, https://good.example/api/data/v9.2/accounts?$skiptoken=2",
        "../v9.1/accounts?a=%2f, https://good.example/api/data/v9.1/accounts?a=%2f",
        "/api/data/v9.2/accounts?b=1, https://good.example/api/data/v9.2/accounts?b=1",
        "//good.example/api/data/v9.2/accounts?c=1, https://good.example/api/data/v9.2/accounts?c=1",
        "?$skiptoken=%3cx%3e, https://good.example/api/data/v9.2/accounts?$skiptoken=%3cx%3e"
    })
    void aRelativeLinkIsResolvedAgainstThePageThatCarriedIt(String link, String address) throws Exception {
        assertThat(origin.admit(PAGE, link).toString()).isEqualTo(address);
    }

    @Test
    void aQueryAloneIsResolvedAgainstAPageWithoutAQuery() throws Exception {
        URI page = URI.create("https://good.example/api/data/v9.2/accounts");

        assertThat(origin.admit(page, "?a=1").toString()).isEqualTo("https://good.example/api/data/v9.2/accounts?a=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example@evil.example/api/data/v9.2/accounts",
                "https://good.example.evil.example/api/data/v9.2/accounts",
                "https://good.example%2eevil.example/api/data/v9.2/accounts",
                "https://good.exampl/api/data/v9.2/accounts",
                "https://good.example./api/data/v9.2/accounts",
                "https://evil.example/api/data/v9.2/accounts",
                "https://evil.example/https://good.example/api/data/v9.2/accounts",
                "https://evil.example?https://good.example/api/data/v9.2/accounts",
                "https://evil.example#https://good.example/api/data/v9.2/accounts",
                "//evil.example/api/data/v9.2/accounts",
                "http://good.example/api/data/v9.2/accounts",
                "http://good.example:443/api/data/v9.2/accounts",
                "https://good.example:8443/api/data/v9.2/accounts",
                "https://good.example:80/api/data/v9.2/accounts",
                "https://good_host.example/api/data/v9.2/accounts",
                "https://user@good.example/api/data/v9.2/accounts",
                "https://user:password@good.example/api/data/v9.2/accounts",
                "https://@good.example/api/data/v9.2/accounts",
                "https://good.example/api/data/v9.2/accounts#fragment",
                "https://good.example/api/data/v9.2/accounts?a=1#",
                "ftp://good.example/api/data/v9.2/accounts",
                "file:///api/data/v9.2/accounts",
                "https:///api/data/v9.2/accounts",
                "https:/api/data/v9.2/accounts",
                "https:api/data/v9.2/accounts",
                "mailto:someone@good.example",
                "javascript:alert(1)",
                "jar:https://good.example/api/data/!/x",
                "https://[::1]/api/data/v9.2/accounts",
                "https://good.example",
                "https://good.example/",
                "https://good.example/api/data",
                "https://good.example/api/database/v9.2/accounts",
                "https://good.example//api/data/v9.2/accounts",
                "https://good.example/x/api/data/v9.2/accounts",
                "/accounts",
                "/",
                "../../../evil"
            })
    @ProvesFault({"P18", "S1"})
    void aLinkToAnywhereElseIsRefused(String link) {
        assertThatThrownBy(() -> origin.admit(PAGE, link))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("Nothing was sent to it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/api/data/../evil",
                "https://good.example/api/data/..",
                "https://good.example/api/data/v9.2/../../evil",
                "https://good.example/api/data/%2e%2e/evil",
                "https://good.example/api/data/%2E%2e/evil",
                "https://good.example/api/data/.%2e/evil",
                "https://good.example/api/data/v9.2/%2e%2e",
                "https://good.example/api/data/..%2fevil",
                "https://good.example/api/data/..%5cevil",
                "https://good.example/api/data/v9.2%2f..%2f..%2fevil",
                "https://good.example/api/data/..;x=1/evil",
                "https://good.example/api/data/%252e%252e/evil",
                "https://good.example/api/data/v9.2/%252E%252e/%25252e%25252e/evil",
                "https://good.example/api/data/v9.2%252f..%252f..%252fevil",
                "https://good.example/api/data/..%255cevil",
                "%2e%2e/%2e%2e/%2e%2e/evil"
            })
    @ProvesFault("S1")
    void aLinkThatClimbsOutOfTheApiIsRefused(String link) {
        assertThatThrownBy(() -> origin.admit(PAGE, link))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("Nothing was sent to it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/api/data/v9.2/accounts?$deltatoken=1!08/22/2017 08:10:44",
                "https://good.example\\@evil.example/api/data/v9.2/accounts",
                "https://good.example/api/data/v9.2/accounts?x=\"",
                "https://good.example/api/data/v9.2/accounts\r\nX-Evil: 1",
                "https://[good.example/api/data/v9.2/accounts",
                "?a b",
                "://",
                "%"
            })
    @ProvesFault({"P18", "S1"})
    void aLinkThatIsNoAddressIsRefused(String link) {
        assertThatThrownBy(() -> origin.admit(PAGE, link))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("Nothing was sent to it")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#"})
    void anEmptyLinkIsRefused(String link) {
        assertThatThrownBy(() -> origin.admit(PAGE, link)).isInstanceOf(ServiceFault.Permanent.class);
    }

    @Test
    void theSentenceNamesThePlaceAndTheWayOut() {
        assertThatThrownBy(() -> origin.admit(PAGE, "https://alias.example/api/data/v9.2/accounts?$deltatoken=secret"))
                .hasMessage("The service sent a link to https://alias.example that leads to another place than"
                        + " https://good.example/api/data/. Nothing was sent to it; if the host belongs to this"
                        + " organization, add it to the option additionalOrigins");
    }

    @Test
    @ProvesFault("S2")
    void anotherOriginIsAdmittedOnlyWhenItIsListed() throws Exception {
        String alias = "https://good.api.example/api/data/v9.2/accounts";
        ServiceOrigin two =
                new ServiceOrigin(GOOD, List.of(URI.create("https://GOOD.api.example:443")), new SecretsInUse());

        assertThat(two.admit(PAGE, alias).toString()).isEqualTo(alias);
        assertThat(two.admit(PAGE, PAGE.toString())).isEqualTo(PAGE);
        assertThatThrownBy(() -> two.admit(PAGE, "http://good.api.example/api/data/v9.2/accounts"))
                .isInstanceOf(ServiceFault.Permanent.class);
        assertThatThrownBy(() -> origin.admit(PAGE, alias)).isInstanceOf(ServiceFault.Permanent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://good.example, https://good.example",
        "https://GOOD.example:443, https://good.example",
        "https://good.example:8443, https://good.example:8443",
        "http://localhost:80, http://localhost",
        "http://localhost:8080, http://localhost:8080",
        "https://[::1]:8443, https://[::1]:8443"
    })
    void anOriginHasOneText(String written, String text) {
        assertThat(new ServiceOrigin(URI.create(written), List.of(), new SecretsInUse()).text())
                .isEqualTo(text);
    }
}
