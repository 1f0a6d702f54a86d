package io.github.cameldataverse.changes.internal.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The two delta links of the change tracking document, with another host.
                "https://good.example/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44",
                "https://good.example/api/data/v9.0/accounts?$select=name,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20",
                "https://good.example/api/data/v9.2/accounts?$skiptoken=%3ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520page%253d%25221%2522%253e%22/%3e",
                "https://good.example/api/data/v9.2/accounts",
                "https://good.example/api/data/v10.11/Accounts?$deltatoken=1",
                "https://good.example/API/Data/V9.2/ACCOUNTS?$deltatoken=1",
                "https://good.example/api/data/v9.2/%61ccounts?$deltatoken=1",
                "https://good.example/api/data/v9.2/accounts?x=/../y//z;a(1)"
            })
    @ProvesFault("P18")
    void aLinkOfTheTableInAnyVersionIsOne(String link) {
        assertThat(Continuation.leadsTo("accounts", link)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/api/data/v9.2/WhoAmI()/accounts",
                "https://good.example/api/data/v9.2/DeleteAll/accounts",
                "https://good.example/api/data/v9.2/%252e%252e/evil/accounts",
                "https://good.example/api/data/v9.2/../accounts",
                "https://good.example/api/data/v9.2/./accounts",
                "https://good.example/api/data/v9.2/accounts/",
                "https://good.example/api/data/v9.2/accounts/$count",
                "https://good.example/api/data/v9.2/accounts(00000000-0000-0000-0000-000000000001)",
                "https://good.example/api/data/v9.2/accounts()",
                "https://good.example/api/data/v9.2/accounts;x",
                "https://good.example/api/data/v9.2/accounts;a=b?$deltatoken=1",
                "https://good.example/api/data/v9.2;x=y/accounts",
                "https://good.example/api/data/v9.2/accounts%3bx",
                "https://good.example/api/data/v9.2/accounts%2f",
                "https://good.example/api/data/v9.2/x%2faccounts",
                "https://good.example/api/data/v9.2%2faccounts",
                "https://good.example/api%2fdata/v9.2/accounts",
                "https://good.example/api/data/v9.2/%2561ccounts",
                "https://good.example/api/data/v9.2/accounts%20",
                "https://good.example/api/data/v9.2/accounts%00",
                "https://good.example/api/data/v9.2/accounts+",
                "https://good.example/api/data/v9.2/x%5caccounts",
                "https://good.example/api/data/v9.2\\accounts",
                "https://good.example/api/data/v9.2//accounts",
                "https://good.example/api/data//v9.2/accounts",
                "https://good.example//api/data/v9.2/accounts",
                "https://good.example/x/api/data/v9.2/accounts",
                "https://good.example/api/data/accounts",
                "https://good.example/api/data/v9/accounts",
                "https://good.example/api/data/v9.2.1/accounts",
                "https://good.example/api/data/v9.x/accounts",
                "https://good.example/api/data/9.2/accounts",
                "https://good.example/api/data/v9.2/xaccounts",
                "https://good.example/api/data/v9.2/contacts",
                "https://good.example/api/data/v9.2/",
                "https://good.example/api/data/v9.2/$batch",
                "https://good.example",
                "mailto:accounts",
                "",
                "%"
            })
    @ProvesFault({"P18", "S1"})
    void aLinkWithAnythingBetweenOrBehindIsNone(String link) {
        assertThat(Continuation.leadsTo("accounts", link)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$select=name,accountnumber,telephone1,fax&$deltatoken=1 | []",
                "$select=name,telephone1,fax&$deltatoken=1 | [accountnumber]",
                "$deltatoken=1&$select=FAX,name | [accountnumber, telephone1]",
                "%24select=name%2C%20fax%2Ctelephone1%2Caccountnumber&x=1 | []",
                "$deltatoken=%24select%3dname | []",
                "$skiptoken=1 | []"
            })
    @ProvesFault("P16")
    void whatALinkLeavesOutIsTold(String query, String dropped) {
        List<String> columns = List.of("name", "accountnumber", "telephone1", "fax");
        assertThat(Continuation.dropped(columns, "https://good.example/api/data/v9.2/accounts?" + query))
                .hasToString(dropped);
        assertThat(Continuation.dropped(List.of(), "https://good.example/api/data/v9.2/accounts?" + query))
                .isEmpty();
    }
}
