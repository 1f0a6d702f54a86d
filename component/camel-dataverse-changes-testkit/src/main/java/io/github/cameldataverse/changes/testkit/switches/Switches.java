package io.github.cameldataverse.changes.testkit.switches;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the service behaves where the behaviour of the platform is not documented, or differs between its versions. Every
 * setter returns the same object, and refuses what the switch cannot be; {@link #reset()} restores the defaults. Thread-safe; a
 * change has effect from the next request on.
 */
public final class Switches {
    private final Map<Switch<?>, Object> initial;
    private final Map<Switch<?>, Object> set = new ConcurrentHashMap<>();

    /** All switches with their defaults. */
    public Switches() {
        this(Map.of());
    }

    /** The same with other values at the start, which {@link #reset} restores. */
    public Switches(Map<Switch<?>, ?> initial) {
        this.initial = Map.copyOf(initial);
        reset();
    }

    /** The value of a switch. */
    @SuppressWarnings("unchecked")
    public <T> T get(Switch<T> which) {
        return (T) set.getOrDefault(which, which.usual());
    }

    /** Sets a switch; the setters below state what each of them does. */
    public <T> Switches set(Switch<T> which, T value) {
        which.require(value);
        set.put(which, value);
        return this;
    }

    /** Restores the defaults, and what the simulator was built with. */
    public void reset() {
        set.clear();
        set.putAll(initial);
    }

    /** HTTP status of an expired delta token, 400 to 599; 400, others say 410 or 500. */
    public Switches expiredTokenStatus(int status) {
        return set(Switch.EXPIRED_TOKEN_STATUS, status);
    }

    /** Code of a delta token that cannot be parsed; 0x80040203. */
    public Switches malformedToken(MalformedToken how) {
        return set(Switch.MALFORMED_TOKEN, how);
    }

    /** The response to a tracked request for a table that is not tracked; refused. */
    public Switches notTracked(UntrackedTable how) {
        return set(Switch.NOT_TRACKED, how);
    }

    /** Code of a query option that change tracking does not support; {@code 0x0}. */
    public Switches forbiddenOptionCode(String code) {
        return set(Switch.FORBIDDEN_OPTION_CODE, code);
    }

    /** Code of an unknown column in {@code $select}; {@code 0x0}, older {@code ""}, newer {@code 0x80060888}. */
    public Switches unknownColumnCode(String code) {
        return set(Switch.UNKNOWN_COLUMN_CODE, code);
    }

    /** The response to a delta without changes; an empty {@code value} and a new delta link. */
    public Switches emptyDelta(EmptyDelta how) {
        return set(Switch.EMPTY_DELTA, how);
    }

    /** The position of the delta link; before the rows. */
    public Switches deltaLinkPlace(LinkPosition place) {
        return set(Switch.DELTA_LINK_PLACE, place);
    }

    /** The position of the next link; after the rows. */
    public Switches nextLinkPlace(LinkPosition place) {
        return set(Switch.NEXT_LINK_PLACE, place);
    }

    /**
     * A known defect of older versions; off. When on, the last page has no delta link if the client asked for formatted
     * values. For a last page that never has one, see the fault {@code MissingDeltaLink}.
     */
    public Switches deltaLinkLostWithAnnotations(boolean on) {
        return set(Switch.LOST_DELTA_LINK, on);
    }

    /** Whether a page begins with the row that the page before ended with; off. */
    public Switches rowRepeatedAcrossPages(boolean on) {
        return set(Switch.REPEATED_ROW, on);
    }

    /** Whether the old tombstone of a restored row is still listed, after the row; off, but on in the JUnit extension. */
    public Switches tombstoneAfterReturn(boolean on) {
        return set(Switch.TOMBSTONE_AFTER_RETURN, on);
    }

    /** The version up to which a load of several pages reads; fixed at the first page. */
    public Switches watermark(Watermark how) {
        return set(Switch.WATERMARK, how);
    }

    /** The maximum of rows in a page, whatever the client asks for, 1 or more; 5000. */
    public Switches maxRowsPerPage(int rows) {
        return set(Switch.MAX_ROWS_PER_PAGE, rows);
    }

    /** The {@code reason} of a tombstone; {@code deleted}, OData also knows {@code changed}. */
    public Switches reason(String reason) {
        return set(Switch.REASON, reason);
    }

    /** How delta links write percent-encoded characters; lower case. */
    public Switches hexCase(HexCase hexCase) {
        return set(Switch.HEX_CASE, hexCase);
    }

    /** What happens to an old delta token; refused for its age. */
    public Switches expiry(DeltaTokenExpiry how) {
        return set(Switch.EXPIRY, how);
    }

    /** For how many days a delta token is valid, 0 to 365; 7. */
    public Switches expireChangeTrackingInDays(int days) {
        return set(Switch.EXPIRE_DAYS, days);
    }

    /** The privileges of the caller; read whole tables. */
    public Switches caller(CallerRights rights) {
        return set(Switch.CALLER, rights);
    }

    /** Whether the caller may read the settings of the organization, such as the age that tokens can have; true. */
    public Switches organizationSettingsReadable(boolean readable) {
        return set(Switch.SETTINGS_READABLE, readable);
    }

    /** Whether the caller may change and publish definitions; true. */
    public Switches customizer(boolean may) {
        return set(Switch.CUSTOMIZER, may);
    }

    /** Whether a PUT may have only a part of a definition; false, as documented. */
    public Switches partialDefinitionAccepted(boolean accepted) {
        return set(Switch.PARTIAL_DEFINITION, accepted);
    }

    /** The lifetime of access tokens, by the clock of the simulator, longer than 0; 3599 s. */
    public Switches tokenLifetime(Duration lifetime) {
        return set(Switch.TOKEN_LIFETIME, lifetime);
    }

    /** How the Organization Service writes namespaces; with the usual prefixes. */
    public Switches soapPrefixes(SoapPrefixes how) {
        return set(Switch.SOAP_PREFIXES, how);
    }

    /** HTTP status of the fault with which the Organization Service throttles, 400 to 599; 500, perhaps 429. */
    public Switches soapThrottledStatus(int status) {
        return set(Switch.SOAP_THROTTLED_STATUS, status);
    }

    /** The limit of requests in a sliding window; those that exceed it get 429; no limit. */
    public Switches requestLimit(int requests, Duration window) {
        return set(Switch.REQUEST_LIMIT, Optional.of(new RequestLimit(requests, window)));
    }

    /** The limit of the execution time of all requests in a sliding window; requests that exceed it get 429; no limit. */
    public Switches executionTimeLimit(Duration execution, Duration window) {
        return set(Switch.TIME_LIMIT, Optional.of(new TimeLimit(execution, window)));
    }

    /** The limit of concurrent requests, 1 or more; those that exceed it get 429; no limit. */
    public Switches concurrentLimit(int requests) {
        return set(Switch.CONCURRENT_LIMIT, Optional.of(requests));
    }

    /** Whether responses have the header {@code Date}, by the clock of the simulator; on. */
    public Switches dateHeader(boolean on) {
        return set(Switch.DATE_HEADER, on);
    }

    /** Whether responses state what remains of the limits; on. */
    public Switches limitsTold(boolean on) {
        return set(Switch.LIMITS_TOLD, on);
    }

    /** The three limits of the platform: 6,000 requests and 20 minutes of execution in 5 minutes, 52 concurrent requests. */
    public Switches serviceProtection() {
        Duration window = Duration.ofMinutes(5);
        return requestLimit(6000, window)
                .executionTimeLimit(Duration.ofMinutes(20), window)
                .concurrentLimit(52);
    }
}
