package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RestartTest extends RouteTest {

    private static final int MANY = 300;

    @ParameterizedTest
    @CsvSource({
        "accounts-to-files,accounts-to-files",
        "accounts-to-jms,queue-receiver",
        "accounts-to-sql,accounts-to-sql"
    })
    void aStopInTheMiddleContinuesWhereItWas(String route, String last) throws Exception {
        camel.getRouteController().stopRoute(route);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            keys.add(upsertKey(accounts(), newAccount("Account " + i)));
        }
        camel.getRouteController().startRoute(route);
        soon().until(() -> arrived(last, keys) > 0);
        camel.getRouteController().stopRoute(route);
        assertThat(arrived(last, keys)).as("stopped in the middle").isLessThan(MANY);

        camel.getRouteController().startRoute(route);
        soon().until(() -> arrived(last, keys) >= MANY);
        assertThat(journal(last).stream().filter(keys::contains)).containsExactlyInAnyOrderElementsOf(keys);
    }

    private long arrived(String route, List<String> keys) {
        return journal(route).stream().filter(keys::contains).count();
    }
}
