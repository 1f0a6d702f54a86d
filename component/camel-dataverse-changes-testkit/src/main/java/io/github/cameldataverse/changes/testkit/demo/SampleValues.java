package io.github.cameldataverse.changes.testkit.demo;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Generates sample values. Not thread-safe. */
record SampleValues(Random random, Clock clock) {
    static final List<Place> PLACES = List.of(
            new Place("Wien", "1010", "Wien", "Austria", "48.20849", "16.37208"),
            new Place("Zürich", "8001", "ZH", "Switzerland", "47.37174", "8.54226"),
            new Place("Graz", "8010", "Steiermark", "Austria", "47.07071", "15.43950"),
            new Place("Seattle", "98101", "WA", "United States", "47.60621", "-122.33207"),
            new Place("Redmond", "98052", "WA", "United States", "47.67399", "-122.12151"),
            new Place("København", "1550", "Hovedstaden", "Denmark", "55.67594", "12.56553"),
            new Place("Praha", "110 00", "Praha", "Czechia", "50.08804", "14.42076"),
            new Place("São Paulo", "01310-100", "SP", "Brazil", "-23.54750", "-46.63611"),
            new Place("大阪市", "530-0001", "大阪府", "Japan", "34.69374", "135.50218"),
            new Place("London", "EC1A 1BB", "Greater London", "United Kingdom", "51.50853", "-0.12574"));
    static final List<String> FIRST_NAMES = List.of(
            "Maria", "Ivan", "Aiko", "Oskar", "Lena", "Thomas", "Zoë", "Samir", "Ingrid", "José", "Nadia", "Peter",
            "Yusuf", "Clara", "Håkon", "Mei", "Paul", "Renée", "Tomáš", "Amara");
    static final List<String> LAST_NAMES = List.of(
            "Gruber",
            "Novák",
            "Tanaka",
            "Jensen",
            "O'Brien",
            "Müller",
            "Silva",
            "Kowalski",
            "Haddad",
            "Smith",
            "Lindqvist",
            "García",
            "Okafor",
            "Bauer",
            "Rossi",
            "Dubois",
            "Horváth",
            "Nguyen",
            "Meier",
            "Taylor");

    /** A city with its address data. */
    record Place(String city, String postalCode, String state, String country, String latitude, String longitude) {}

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    int number(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** An amount up to this number of units, with this number of decimals. */
    BigDecimal amount(int units, int decimals) {
        BigDecimal scale = BigDecimal.TEN.pow(decimals);
        long unscaled = (long) (random.nextDouble() * units * scale.doubleValue());
        return BigDecimal.valueOf(unscaled, decimals);
    }

    LocalDate day(int yearsBack) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(number(0, 365 * yearsBack));
    }

    Instant moment(int daysBack) {
        return clock.instant().minusSeconds(number(0, 86_400 * daysBack));
    }

    String phone() {
        return "+" + number(1, 98) + " " + number(100, 999) + " 555-" + number(1000, 9999);
    }

    String street() {
        return one(LAST_NAMES) + "straße " + number(1, 180);
    }

    UUID id() {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }
}
