package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.ROOT;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableName;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableLookupTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    @Test
    void bothNamesAreAskedForInOneRequest() {
        String link = new TableLookup(new TableName("Accounts")).link(ROOT);

        assertThat(link)
                .isEqualTo(ROOT + "EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute,"
                        + "ChangeTrackingEnabled,CanChangeTrackingBeEnabled"
                        + "&$filter=LogicalName%20eq%20'accounts'%20or%20EntitySetName%20eq%20'Accounts'");
        assertThat(URI.create(link)).hasToString(link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "Account", "accounts"})
    void aTableIsFoundByEitherName(String name) throws Exception {
        assertThat(read(name, list(definition("account", "accounts", "accountid", true))))
                .isEqualTo(ACCOUNT);
    }

    @Test
    void aDefinitionThatIsNotInAListIsTakenToo() throws Exception {
        assertThat(read("account", definition("account", "accounts", "accountid", true)))
                .isEqualTo(ACCOUNT);
    }

    @Test
    void theLogicalNameGoesFirst() throws Exception {
        String both = list(
                definition("other", "account", "otherid", true), definition("account", "accounts", "accountid", true));

        assertThat(read("account", both)).isEqualTo(ACCOUNT);
    }

    @Test
    @ProvesFault("P4")
    void aTableThatIsNotThereIsNamed() {
        for (String answer :
                new String[] {"{\"value\":[]}", list(definition("contact", "contacts", "contactid", true))}) {
            assertThatThrownBy(() -> read("acount", answer))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessage(
                            "The organization has no table with the logical name or entity set name acount; check the"
                                    + " spelling in the endpoint");
        }
    }

    @Test
    @ProvesFault("P4")
    @ProvesSentence({"current-2", "current-3", "2021-1"})
    void aTableThatIsNotTrackedIsNamedWithTheWayToTrackIt() {
        assertThatThrownBy(() -> read("account", list(definition("account", "accounts", "accountid", false))))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage("The table account is not enabled for change tracking. Turn on \"Track changes\" in the"
                        + " advanced options of the table in Power Apps; it cannot be turned off again");
        assertThatThrownBy(() -> read("account", list(definition("account", "accounts", "accountid", null))))
                .isInstanceOf(ServiceFault.Permanent.class);
    }

    @Test
    @ProvesSentence("current-11")
    void aTableThatCannotBeTrackedIsNamedSo() {
        String never = list("{\"LogicalName\":\"x\",\"EntitySetName\":\"xs\",\"PrimaryIdAttribute\":\"xid\","
                + "\"ChangeTrackingEnabled\":false,\"CanChangeTrackingBeEnabled\":{\"Value\":false}}");

        assertThatThrownBy(() -> read("x", never))
                .hasMessage(
                        "The table x is not enabled for change tracking. This table cannot be enabled for it either");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"../x\"", "\"accounts?$filter=x\"", "\"a b\"", "7"})
    void aDefinitionWithAnUnusableNameIsRefused(String set) {
        String bad = list("{\"LogicalName\":\"account\",\"EntitySetName\":" + set
                + ",\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}");

        assertThatThrownBy(() -> read("account", bad))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage("The definition of the table has no usable EntitySetName; nothing can be read from it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in</html>",
                "null",
                "[]",
                "42",
                "{}",
                "{\"value\":{}}",
                "{\"value\":null}",
                "{\"message\":\"welcome\"}",
                "{\"value\":[",
                "{\"value\":[]} x"
            })
    void anAnswerOfAnotherServerIsTransient(String answer) {
        assertThatThrownBy(() -> read("account", answer))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessage("The service answered the request for the table definition with something else");
    }

    private static TableDefinition read(String name, String answer) throws ServiceFault {
        return new TableLookup(new TableName(name)).read(answer(200, answer));
    }

    private static String list(String... definitions) {
        return "{\"@odata.context\":\"x\",\"value\":[" + String.join(",", definitions) + "]}";
    }

    private static String definition(String name, String set, String id, Boolean tracked) {
        return "{\"LogicalName\":\"" + name + "\",\"EntitySetName\":\"" + set + "\",\"PrimaryIdAttribute\":\"" + id
                + "\",\"ChangeTrackingEnabled\":" + tracked
                + ",\"CanChangeTrackingBeEnabled\":{\"Value\":true,\"CanBeChanged\":true},"
                + "\"MetadataId\":\"70816501-edb9-4740-a16c-6a5efbc05d84\"}";
    }
}
