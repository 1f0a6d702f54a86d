package io.github.cameldataverse.changes.testkit.switches;

import java.time.Duration;
import java.util.Optional;

/**
 * A switch with its default, which is the most likely behaviour of the platform.
 *
 * @param name for messages
 * @param usual the default
 * @param <T> what it can be set to
 */
public record Switch<T>(String name, T usual) {
    public static final Switch<Integer> EXPIRED_TOKEN_STATUS = new Switch<>("expiredTokenStatus", 400);
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
    public static final Switch<Integer> MAX_ROWS_PER_PAGE = new Switch<>("maxRowsPerPage", 5000);
    public static final Switch<String> REASON = new Switch<>("reason", "deleted");
    public static final Switch<HexCase> HEX_CASE = new Switch<>("hexCase", HexCase.LOWER);
    public static final Switch<DeltaTokenExpiry> EXPIRY = new Switch<>("expiry", DeltaTokenExpiry.BY_AGE);
    public static final Switch<Integer> EXPIRE_DAYS = new Switch<>("expireChangeTrackingInDays", 7);
    public static final Switch<CallerRights> CALLER = new Switch<>("caller", CallerRights.ORGANIZATION_READ);
    public static final Switch<Boolean> SETTINGS_READABLE = new Switch<>("organizationSettingsReadable", true);
    public static final Switch<Boolean> CUSTOMIZER = new Switch<>("customizer", true);
    public static final Switch<Boolean> PARTIAL_DEFINITION = new Switch<>("partialDefinitionAccepted", false);
    public static final Switch<Duration> TOKEN_LIFETIME = new Switch<>("tokenLifetime", Duration.ofSeconds(3599));
    public static final Switch<SoapPrefixes> SOAP_PREFIXES = new Switch<>("soapPrefixes", SoapPrefixes.USUAL);
    public static final Switch<Integer> SOAP_THROTTLED_STATUS = new Switch<>("soapThrottledStatus", 500);
    public static final Switch<Optional<RequestLimit>> REQUEST_LIMIT = new Switch<>("requestLimit", Optional.empty());
    public static final Switch<Optional<TimeLimit>> TIME_LIMIT = new Switch<>("executionTimeLimit", Optional.empty());
    public static final Switch<Optional<Integer>> CONCURRENT_LIMIT = new Switch<>("concurrentLimit", Optional.empty());
    public static final Switch<Boolean> DATE_HEADER = new Switch<>("dateHeader", true);
    public static final Switch<Boolean> LIMITS_TOLD = new Switch<>("limitsTold", true);
}
