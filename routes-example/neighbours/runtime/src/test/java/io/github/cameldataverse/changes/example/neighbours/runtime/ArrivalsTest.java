package io.github.cameldataverse.changes.example.neighbours.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void whatHasArrivedIsCountedByRouteAndByType() {
        arrivals.count("accounts-to-sql", "upsert");
        arrivals.count("accounts-to-files", "upsert");
        arrivals.count("accounts-to-files", "delete");
        arrivals.count("accounts-to-files", "upsert");
        assertThat(arrivals.take()).isEqualTo("accounts-to-files 1 delete 2 upsert | accounts-to-sql 1 upsert");
    }

    @Test
    void whatIsTakenIsForgotten() {
        arrivals.count("accounts-to-files", "upsert");
        arrivals.take();
        assertThat(arrivals.take()).isEmpty();
    }
}
