package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.DELTA_LINK;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.ROOT;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCountTest {

    @Test
    @ProvesSentence("current-47")
    void theTokenGoesAlongToTheLetterAndTheColumnsStayBehind() throws Exception {
        assertThat(DeltaCount.link(DELTA_LINK))
                .isEqualTo(ROOT + "accounts/$count?$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44");
    }

    @ParameterizedTest
    @CsvSource({
        "accounts?$deltatoken=1%212, accounts/$count?$deltatoken=1%212",
        "accounts?$deltatoken=a=b&$select=x, accounts/$count?$deltatoken=a=b",
        "accounts?%24select=x&%24deltatoken=1, accounts/$count?%24deltatoken=1"
    })
    void whereverItStands(String link, String count) throws Exception {
        assertThat(DeltaCount.link(ROOT + link)).isEqualTo(ROOT + count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "accounts?", "accounts?$select=x", "accounts?$skiptoken=$deltatoken=1"})
    void aLinkWithoutATokenCannotBeCounted(String link) {
        assertThatThrownBy(() -> DeltaCount.link(ROOT + link))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage("The stored delta link has no $deltatoken to count with");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "17, 17", "'\uFEFF17', 17", "' 17\r\n', 17", "999999999999999999, 999999999999999999"})
    void theAnswerIsANumber(String body, long count) throws Exception {
        assertThat(DeltaCount.read(answer(200, body))).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "{\"value\":1}", "<html/>", "1 2", "9999999999999999999", "\u0661"})
    void somethingElseIsTransient(String body) {
        assertThatThrownBy(() -> DeltaCount.read(answer(200, body)))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessage("The service answered $count with something other than a number");
    }
}
