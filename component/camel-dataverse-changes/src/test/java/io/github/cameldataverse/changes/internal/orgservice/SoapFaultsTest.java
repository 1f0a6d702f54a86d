package io.github.cameldataverse.changes.internal.orgservice;

import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.NOW;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.answer;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.fault;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.retryAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoapFaultsTest {

    private static final SoapFaults BY_TOKEN =
            new SoapFaults(FaultTable.of("account", FaultTable.Reference.TOKEN, Duration.ofMinutes(10)));
    private static final SoapFaults LOAD =
            new SoapFaults(FaultTable.of("account", FaultTable.Reference.NONE, Duration.ofMinutes(10)));

    @ParameterizedTest
    @CsvSource({
        "-2147204270, TokenExpired, 0x80044352",
        "-2147220989, TokenExpired, 0x80040203",
        "-2147015535, Permanent, 0x80072491",
        "-2147015534, Permanent, 0x80072492",
        "-2147015533, Permanent, 0x80072493",
        "-2147217150, Permanent, 0x80041102",
        "-2147217149, Permanent, 0x80041103",
        "-2147217110, TokenExpired, 0x8004112A",
        "-2147204342, TokenExpired, 0x8004430A",
        "-2147220960, Forbidden, 0x80040220",
        "-2147015902, Throttled, 0x80072322",
        "-2147015903, Throttled, 0x80072321",
        "-2147015898, Throttled, 0x80072326",
        "-2147094269, Throttled, 0x8005F103",
        "-2147204783, Transient, 0x80044151",
        "-2147204784, Transient, 0x80044150",
        "-2147220970, Transient, 0x80040216"
    })
    @ProvesFault({"P1", "P4", "P5", "P6"})
    void aCodeInDecimalMeansWhatItMeansInHex(long code, String type, String hex) {
        ServiceFault fault = BY_TOKEN.fault(answer(500, fault(code, "In its words", "")));

        assertThat(fault.getClass().getSimpleName()).isEqualTo(type);
        assertThat(fault).hasMessageContaining("In its words (" + hex + ")");
        assertThat(fault.getHttpResponseCode()).isEqualTo(500);
        assertThat(fault.getErrorCode()).isEqualTo(hex);
    }

    @Test
    @ProvesFault("P7")
    void theActivityIdOfAFaultIsItsRequestId() {
        String fault = fault(-2147220970, "m", "");

        assertThat(BY_TOKEN.fault(answer(500, fault)).getRequestId()).isEqualTo("0c2f3f5e-8f0e-4b0a-9d51-2f4f1f1f7a10");
        assertThat(BY_TOKEN.fault(answer(500, fault)))
                .hasMessageEndingWith("(request id 0c2f3f5e-8f0e-4b0a-9d51-2f4f1f1f7a10)");
        assertThat(BY_TOKEN.fault(answer(500, fault.replace("-4b0a-", " or 1=1 ")))
                        .getRequestId())
                .isEmpty();
    }

    @Test
    void withoutATokenNoneCanHaveExpired() {
        assertThat(LOAD.fault(answer(500, fault(-2147220989, "Invalid argument.", ""))))
                .isInstanceOf(ServiceFault.Permanent.class);
    }

    @ParameterizedTest
    @CsvSource({"PT5M0S, 300", "PT30S, 30", "P0DT0H2M1.5S, 121", "00:01:30, 90", "30, 30", "P1D, 600", "soon, 5"})
    @ProvesFault("P1")
    void theWaitStandsInsideOfTheFault(String wait, long seconds) {
        ServiceFault fault = BY_TOKEN.fault(answer(500, fault(-2147015902, "Too many", retryAfter(wait))));

        assertThat(((ServiceFault.Throttled) fault).until())
                .isBetween(NOW.plusSeconds(seconds), NOW.plusSeconds(seconds + 1));
    }

    @Test
    void anAnswerWithoutAFaultIsToldApartByItsStatus() {
        assertThat(BY_TOKEN.fault(answer(502, "<html>Bad gateway</html>"))).isInstanceOf(ServiceFault.Transient.class);
        assertThat(BY_TOKEN.fault(answer(401, ""))).isInstanceOf(ServiceFault.Unauthorized.class);
        assertThat(BY_TOKEN.fault(answer(500, SampleEnvelopes.envelope(""))))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageContaining("an answer of the type text/xml");
    }

    @Test
    void aFaultOfTheLayerBelowHasNoCode() {
        String dispatcher = SampleEnvelopes.envelope("<s:Fault><faultcode>a:ActionNotSupported</faultcode>"
                + "<faultstring>No such action</faultstring></s:Fault>");

        assertThat(BY_TOKEN.fault(answer(500, dispatcher)))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageEndingWith("No such action");
    }

    @Test
    @ProvesFault("S12")
    void itsWordsBecomeOneHarmlessLine() {
        ServiceFault fault = BY_TOKEN.fault(
                answer(500, fault(-2147015535, "a&#xD;&#xA;b\u001b[31m".replace("\u001b", "&#x9;"), "")));

        assertThat(fault.getMessage()).contains("a b [31m (0x80072491)");
    }

    @Test
    void anExpansionInAFaultIsNotRead() {
        String laughs = "<!DOCTYPE s [<!ENTITY a \"haha\">]>" + fault(-2147015535, "&a;", "");

        assertThat(BY_TOKEN.fault(answer(500, laughs)))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageNotContaining("haha");
    }
}
