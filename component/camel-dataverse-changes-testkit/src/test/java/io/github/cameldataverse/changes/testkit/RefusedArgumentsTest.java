package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.testkit.faults.BothLinks;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.DeepNesting;
import io.github.cameldataverse.changes.testkit.faults.Delay;
import io.github.cameldataverse.changes.testkit.faults.EarlyEnd;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import io.github.cameldataverse.changes.testkit.faults.ExtraBytes;
import io.github.cameldataverse.changes.testkit.faults.FaultWithoutDetail;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.faults.ForeignResponse;
import io.github.cameldataverse.changes.testkit.faults.LinkToOtherHost;
import io.github.cameldataverse.changes.testkit.faults.MalformedRow;
import io.github.cameldataverse.changes.testkit.faults.Redirect;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.faults.SlowBody;
import io.github.cameldataverse.changes.testkit.faults.StalledBody;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.testkit.faults.UnknownValueType;
import io.github.cameldataverse.changes.testkit.faults.WithStatus;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An argument that cannot be meant is refused at the line that passes it. */
class RefusedArgumentsTest {
    private static final Faults FAULTS = new Faults();
    private static final Switches SWITCHES = new Switches();
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    @ParameterizedTest
    @MethodSource({"whenArmed", "ofFaults", "ofSwitches", "ofTheBuilder", "ofTables"})
    void isRefusedWithOneSentence(ThrowingCallable wrong, String sentence) {
        assertThatThrownBy(wrong)
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .isEqualTo(sentence);
        assertThat(FAULTS.unstruck()).isEmpty();
    }

    static Stream<Arguments> whenArmed() {
        return Stream.of(
                refused(
                        () -> FAULTS.next(0, new BothLinks()),
                        "The number of times that next arms a fault is 0; it must be 1 or more"),
                refused(
                        () -> FAULTS.next(-1, new BothLinks()),
                        "The number of times that next arms a fault is -1; it must be 1 or more"),
                refused(
                        () -> FAULTS.onNth(-3, new BothLinks()),
                        "The number of the request that onNth arms a fault for is -3; it must be 1 or more"),
                refused(() -> FAULTS.next(null), "The fault to arm is null; it must be given"),
                refused(() -> FAULTS.always(null), "The fault to arm is null; it must be given"),
                refused(() -> FAULTS.where(null), "The condition of where is null; it must be given"),
                refused(() -> FAULTS.whereRequest(null), "The condition of whereRequest is null; it must be given"));
    }

    static Stream<Arguments> ofFaults() {
        return Stream.of(
                refused(() -> new CutBody(-1), "CutBody.afterBytes is -1; it must be 0 or more"),
                refused(() -> new EarlyEnd(-1), "EarlyEnd.afterBytes is -1; it must be 0 or more"),
                refused(() -> new DeepNesting(0), "DeepNesting.depth is 0; it must be 1 or more"),
                refused(() -> new Delay(NEGATIVE), "Delay.duration is PT-1S; it must be a duration longer than 0"),
                refused(
                        () -> new StalledBody(Duration.ZERO),
                        "StalledBody.duration is PT0S; it must be a duration longer than 0"),
                refused(() -> new SlowBody(null), "SlowBody.duration is null; it must be a duration longer than 0"),
                refused(() -> new SlowBody(Duration.ofSeconds(1), 0), "SlowBody.pieces is 0; it must be 1 or more"),
                refused(
                        () -> new ErrorResponse(200, "0x0", ""),
                        "ErrorResponse.status is 200; it must be from 400 to 599"),
                refused(() -> new ErrorResponse(400, null, ""), "ErrorResponse.code is null; it must be given"),
                refused(() -> new TokenExpired(99), "TokenExpired.status is 99; it must be from 400 to 599"),
                refused(
                        () -> new ServiceUnavailable(404),
                        "ServiceUnavailable.status is 404; it must be from 500 to 599"),
                refused(
                        () -> new Redirect(200, "https://a.example"),
                        "Redirect.status is 200; it must be from 300 to 399"),
                refused(() -> new Redirect(" "), "Redirect.location is blank; it must be a text"),
                refused(
                        () -> new WithStatus(600, new BothLinks()),
                        "WithStatus.status is 600; it must be from 200 to 599"),
                refused(() -> new WithStatus(429, null), "WithStatus.fault is null; it must be given"),
                refused(() -> new Throttled(-1), "Throttled.seconds is -1; it must be 0 or more"),
                refused(() -> new ExtraBytes(""), "ExtraBytes.text is empty; it must have a text, blanks at least"),
                refused(
                        () -> MalformedRow.without(" "),
                        "The member of MalformedRow.without is blank; it must be a text"),
                refused(
                        () -> MalformedRow.with(null, ""),
                        "The member of MalformedRow.with is null; it must be a text"),
                refused(() -> new RewrittenBody(null), "RewrittenBody.change is null; it must be given"),
                refused(() -> new LinkToOtherHost((String) null), "LinkToOtherHost.link is null; it must be given"),
                refused(
                        () -> new LinkToOtherHost((UnaryOperator<String>) null),
                        "LinkToOtherHost.change is null; it must be given"),
                refused(() -> UnknownValueType.parties(""), "UnknownValueType.key is blank; it must be a text"),
                refused(() -> new FaultWithoutDetail("", ""), "FaultWithoutDetail.name is blank; it must be a text"),
                refused(() -> new Callback(null), "The action of a Callback is null; it must be given"),
                refused(
                        () -> ForeignResponse.html(100),
                        "The status of a ForeignResponse is 100; it must be from 200 to 599"),
                refused(
                        () -> ForeignResponse.html(304),
                        "A response with status 304 has no body in HTTP; leave it empty"));
    }

    static Stream<Arguments> ofSwitches() {
        return Stream.of(
                refused(
                        () -> SWITCHES.expireChangeTrackingInDays(-1),
                        "expireChangeTrackingInDays is -1; it must be from 0 to 365"),
                refused(
                        () -> SWITCHES.expireChangeTrackingInDays(366),
                        "expireChangeTrackingInDays is 366; it must be from 0 to 365"),
                refused(
                        () -> SWITCHES.set(Switch.EXPIRE_DAYS, -1),
                        "expireChangeTrackingInDays is -1; it must be from 0 to 365"),
                refused(() -> SWITCHES.maxRowsPerPage(0), "maxRowsPerPage is 0; it must be from 1 to 2147483647"),
                refused(
                        () -> SWITCHES.expiredTokenStatus(200),
                        "expiredTokenStatus is 200; it must be from 400 to 599"),
                refused(
                        () -> SWITCHES.soapThrottledStatus(42),
                        "soapThrottledStatus is 42; it must be from 400 to 599"),
                refused(
                        () -> SWITCHES.tokenLifetime(NEGATIVE),
                        "tokenLifetime is PT-1S; it must be a duration longer than 0"),
                refused(() -> SWITCHES.concurrentLimit(0), "concurrentLimit is 0; it must be 1 or more"),
                refused(
                        () -> SWITCHES.requestLimit(-1, Duration.ofSeconds(1)),
                        "RequestLimit.requests is -1; it must be 0 or more"),
                refused(
                        () -> SWITCHES.requestLimit(1, Duration.ZERO),
                        "RequestLimit.window is PT0S; it must be a duration longer than 0"),
                refused(
                        () -> SWITCHES.executionTimeLimit(NEGATIVE, Duration.ofSeconds(1)),
                        "TimeLimit.execution is PT-1S; it must be a duration longer than 0"),
                refused(() -> SWITCHES.reason(""), "reason is blank; it must be a text"),
                refused(
                        () -> SWITCHES.emptyDelta(null),
                        "The value of the switch emptyDelta is null; it must be given"),
                refused(
                        () -> SWITCHES.unknownColumnCode(null),
                        "The value of the switch unknownColumnCode is null; it must be given"));
    }

    static Stream<Arguments> ofTheBuilder() {
        return Stream.of(
                refused(() -> builder().port(-1), "The port is -1; it must be from 0 to 65535"),
                refused(() -> builder().tenant(" "), "The tenant is blank; it must be a text"),
                refused(() -> builder().accessToken(null), "The access token is null; it must be a text"),
                refused(() -> builder().client("", "secret"), "The id of the client is blank; it must be a text"),
                refused(() -> builder().client("id", ""), "The secret of the client is blank; it must be a text"),
                refused(
                        () -> builder().federatedClient("id", ""),
                        "The subject of the client is blank; it must be a text"),
                refused(
                        () -> builder().managedIdentity(""),
                        "The client id of the managed identity is blank; it must be a text"),
                refused(() -> builder().journal(null), "The directory of the journal is null; it must be given"),
                refused(() -> builder().clock(null), "The clock is null; it must be given"),
                refused(
                        () -> builder().initially(Switch.EXPIRE_DAYS, 1000),
                        "expireChangeTrackingInDays is 1000; it must be from 0 to 365"));
    }

    static Stream<Arguments> ofTables() {
        return Stream.of(
                refused(() -> TableSchema.named(""), "The logical name is blank; it must be a text"),
                refused(
                        () -> TableSchema.named("account").entitySetName(""),
                        "The entity set name of account is blank; it must be a text"),
                refused(() -> TableSchema.named("account").without("fxa"), "The table account has no column fxa"));
    }

    private static SimulatorBuilder builder() {
        return DataverseSimulator.builder();
    }

    private static Arguments refused(ThrowingCallable wrong, String sentence) {
        return Arguments.of(wrong, sentence);
    }
}
