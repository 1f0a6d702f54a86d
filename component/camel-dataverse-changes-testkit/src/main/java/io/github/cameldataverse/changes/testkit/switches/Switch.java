package io.github.cameldataverse.changes.testkit.switches;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A switch with its default, which is the most likely behaviour of the platform.
 *
 * @param name for messages
 * @param usual the default
 * @param check refuses a value that it cannot be set to, by an IllegalArgumentException
 * @param <T> what it can be set to
 */
public record Switch<T>(String name, T usual, Consumer<T> check) {
    public static final Switch<Integer> EXPIRED_TOKEN_STATUS = error("expiredTokenStatus", 400);
    public static final Switch<MalformedToken> MALFORMED_TOKEN =
            new Switch<>("malformedToken", MalformedToken.INVALID_ARGUMENT);
    public static final Switch<UntrackedTable> NOT_TRACKED = new Switch<>("notTracked", UntrackedTable.REFUSED);
    public static final Switch<String> FORBIDDEN_OPTION_CODE = new Switch<>("forbiddenOptionCode", "0x0");
    public static final Switch<String> UNKNOWN_COLUMN_CODE = new Switch<>("unknownColumnCode", "0x0");
    public static final Switch<EmptyDelta> EMPTY_DELTA = new Switch<>("emptyDelta", EmptyDelta.EMPTY_VALUE);
    public static final Switch<LinkPosition> DELTA_LINK_PLACE =
            new Switch<>("deltaLinkPlace", LinkPosition.BEFORE_VALUE);
    public static final Switch<LinkPosition> NEXT_LINK_PLACE = new Switch<>("nextLinkPlace", LinkPosition.AFTER_VALUE);
    public static final Switch<Boolean> LOST_DELTA_LINK = new Switch<>("deltaLinkLostWithAnnotations", false);
    public static final Switch<Boolean> REPEATED_ROW = new Switch<>("rowRepeatedAcrossPages", false);
    public static final Switch<Boolean> TOMBSTONE_AFTER_RETURN = new Switch<>("tombstoneAfterReturn", false);
    public static final Switch<Watermark> WATERMARK = new Switch<>("watermark", Watermark.FIRST_PAGE);
    public static final Switch<Integer> MAX_ROWS_PER_PAGE = number("maxRowsPerPage", 5000, 1, Integer.MAX_VALUE);
    public static final Switch<String> REASON =
            new Switch<>("reason", "deleted", value -> Argument.text("reason", value));
    public static final Switch<HexCase> HEX_CASE = new Switch<>("hexCase", HexCase.LOWER);
    public static final Switch<DeltaTokenExpiry> EXPIRY = new Switch<>("expiry", DeltaTokenExpiry.BY_AGE);
    public static final Switch<Integer> EXPIRE_DAYS = number("expireChangeTrackingInDays", 7, 0, 365);
    public static final Switch<CallerRights> CALLER = new Switch<>("caller", CallerRights.ORGANIZATION_READ);
    public static final Switch<Boolean> SETTINGS_READABLE = new Switch<>("organizationSettingsReadable", true);
    public static final Switch<Boolean> CUSTOMIZER = new Switch<>("customizer", true);
    public static final Switch<Boolean> PARTIAL_DEFINITION = new Switch<>("partialDefinitionAccepted", false);
    public static final Switch<Duration> TOKEN_LIFETIME =
            new Switch<>("tokenLifetime", Duration.ofSeconds(3599), value -> Argument.positive("tokenLifetime", value));
    public static final Switch<SoapPrefixes> SOAP_PREFIXES = new Switch<>("soapPrefixes", SoapPrefixes.USUAL);
    public static final Switch<Integer> SOAP_THROTTLED_STATUS = error("soapThrottledStatus", 500);
    public static final Switch<Optional<RequestLimit>> REQUEST_LIMIT = new Switch<>("requestLimit", Optional.empty());
    public static final Switch<Optional<TimeLimit>> TIME_LIMIT = new Switch<>("executionTimeLimit", Optional.empty());
    public static final Switch<Optional<Integer>> CONCURRENT_LIMIT = new Switch<>(
            "concurrentLimit",
            Optional.empty(),
            value -> value.ifPresent(limit -> Argument.atLeast("concurrentLimit", limit, 1)));
    public static final Switch<Boolean> DATE_HEADER = new Switch<>("dateHeader", true);
    public static final Switch<Boolean> LIMITS_TOLD = new Switch<>("limitsTold", true);

    /** A switch that takes any value but null. */
    public Switch(String name, T usual) {
        this(name, usual, value -> {});
    }

    /** Refuses a value that the switch cannot be set to, by an IllegalArgumentException with a sentence. */
    public void require(T value) {
        Argument.given("The value of the switch " + name, value);
        check.accept(value);
    }

    private static Switch<Integer> error(String name, int usual) {
        return number(name, usual, 400, 599);
    }

    private static Switch<Integer> number(String name, int usual, int least, int most) {
        return new Switch<>(name, usual, value -> Argument.within(name, value, least, most));
    }
}
