package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {

    private static final String ID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    @Test
    void aKeyOfGuidAndNumberIsTaken() {
        Incoming upsert = Incoming.of(exchange("upsert", ID + "@915244"));
        assertThat(upsert).isEqualTo(new Incoming(ChangeType.UPSERT, ID + "@915244", ID));
        assertThat(Incoming.of(exchange("delete", ID + "!7")).subject()).isEqualTo(ID);
        assertThat(Incoming.of(exchange("delete", ID + "!7++")).subject()).isEqualTo(ID);
        assertThat(Incoming.of(exchange("resyncStarted", "resyncStarted!7")).subject())
                .isEqualTo("resyncStarted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../x",
                "1-1-1-1-1@1",
                "CON",
                "/etc/passwd@1",
                ID,
                ID + "@",
                ID + "@1/../../x",
                ID + "@1\n",
                ID + "@1\u0000",
                ID + "@11111111111111111111111111111",
                "${bean:x}@1"
            })
    @Fault("S13")
    void anythingElseIsRefused(String key) {
        assertThatThrownBy(() -> Incoming.of(exchange("upsert", key)))
                .isInstanceOf(RefusedChangeException.class)
                .hasMessageContaining("The key of a change must be a GUID, a sign and a number");
    }

    private static Exchange exchange(String type, String key) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(DataverseChangesConstants.CHANGE_TYPE, type);
        exchange.getMessage().setHeader(DataverseChangesConstants.KEY, key);
        return exchange;
    }
}
