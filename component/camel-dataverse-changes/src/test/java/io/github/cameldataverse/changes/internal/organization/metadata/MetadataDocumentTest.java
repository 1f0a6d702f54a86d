package io.github.cameldataverse.changes.internal.organization.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataDocumentTest {

    private static final String TRACKED =
            """
            <EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account">
              <NavigationPropertyBinding Path="primarycontactid" Target="contacts"/>
              <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking">
                <Record><PropertyValue Property="Supported" Bool="true"/></Record>
              </Annotation>
            </EntitySet>
            """;

    @Test
    void anAnnotatedSetIsTrackedAndEveryOtherIsNot() throws Exception {
        List<TableTracking> tables = read(
                document(
                        TRACKED
                                + """
                <EntitySet Name="plain" EntityType="Microsoft.Dynamics.CRM.plain_one"/>
                <EntitySet Name="said" EntityType="Microsoft.Dynamics.CRM.said">
                  <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking">
                    <Record><PropertyValue Property="Supported" Bool="false"/></Record>
                  </Annotation>
                </EntitySet>
                <EntitySet Name="other" EntityType="Microsoft.Dynamics.CRM.other">
                  <Annotation Term="Org.OData.Capabilities.V1.SearchRestrictions">
                    <Record><PropertyValue Property="Supported" Bool="true"/></Record>
                  </Annotation>
                </EntitySet>
                """));
        assertThat(tables)
                .extracting(TableTracking::logicalName)
                .containsExactly("account", "plain_one", "said", "other");
        assertThat(tables).extracting(TableTracking::isTracked).containsExactly(true, false, false, false);
        assertThat(tables.get(0).entitySet()).isEqualTo("accounts");
        assertThat(tables.get(1).state()).isEqualTo(TableTracking.State.NOT_TRACKED);
    }

    @Test
    @ProvesFault("S9")
    void aDocumentHasAtMostFiftyThousandSets() throws Exception {
        String set = "<EntitySet Name=\"x\" EntityType=\"x\"/>";

        assertThat(read(document(set.repeat(50_000)))).hasSize(50_000);
        assertThatThrownBy(() -> read(document(set.repeat(50_001)))).isInstanceOf(XMLStreamException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY e \"&a;&a;\">]>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">"
            })
    @ProvesFault("S11")
    void aDocumentTypeIsRefusedAndNoEntityIsResolved(String declaration) {
        String xml = document(TRACKED);
        assertThatThrownBy(() -> read(declaration + xml)).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> read(declaration + xml.replace("\"accounts\"", "\"&e;\"")))
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void aDocumentThatEndsTooEarlyAndOneWithoutAContainerAreNone() {
        String xml = document(TRACKED);
        assertThatThrownBy(() -> read(xml.substring(0, xml.length() - 10))).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> read("<html><body/></html>")).isInstanceOf(XMLStreamException.class);
    }

    /** As large as that of an organization with everything installed. */
    @Test
    void tenMegabytesAreWalkedThroughWithoutATree() throws Exception {
        StringBuilder types = new StringBuilder();
        for (int i = 0; types.length() < 10_000_000; i++) {
            types.append("<EntityType Name=\"t")
                    .append(i)
                    .append("\"><Property Name=\"p\" Type=\"Edm.String\"/></EntityType>");
        }
        Body body = body(document(TRACKED).replace("<EntityContainer", types + "<EntityContainer"));
        assertThat(MetadataDocument.read(body)).hasSize(1);
    }

    private static String document(String sets) {
        return "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>"
                + "<Schema Namespace=\"Microsoft.Dynamics.CRM\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">"
                + "<EntityContainer Name=\"System\">" + sets
                + "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>";
    }

    private static List<TableTracking> read(String xml) throws XMLStreamException {
        return MetadataDocument.read(body(xml));
    }

    private static Body body(String xml) {
        byte[] bytes = xml.getBytes(UTF_8);
        return new Body(bytes, bytes.length);
    }
}
