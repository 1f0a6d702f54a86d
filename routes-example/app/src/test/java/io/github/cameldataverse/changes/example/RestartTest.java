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
    @CsvSource({"accounts-to-files,files", "accounts-to-jms,queue", "accounts-to-sql,account-sql"})
    void aStopInTheMiddleContinuesWhereItWas(String route, String sink) throws Exception {
        camel.getRouteController().stopRoute(route);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            keys.add(upsertKey(accounts(), newAccount("Account " + i)));
        }
        camel.getRouteController().startRoute(route);
        soon().until(() -> arrived(sink, keys) > 0);
        camel.getRouteController().stopRoute(route);
        assertThat(arrived(sink, keys)).as("stopped in the middle").isLessThan(MANY);

        camel.getRouteController().startRoute(route);
        soon().until(() -> arrived(sink, keys) >= MANY);
        assertThat(journal(sink).stream().filter(keys::contains)).containsExactlyInAnyOrderElementsOf(keys);
    }

    private long arrived(String sink, List<String> keys) {
        return journal(sink).stream().filter(keys::contains).count();
    }
}
