package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per sink in the log for what arrived in the last seconds, if anything did. */
@ApplicationScoped
class ArrivalsToLog extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger("arrived");

    @Inject
    Arrivals arrivals;

    @Override
    public void configure() {
        from("timer:arrivals?period=2000").routeId("arrivals-to-log").process(exchange -> report());
    }

    private void report() {
        arrivals.take().forEach((sink, counts) -> LOG.info("{} {}", "%-12s".formatted(sink), inWords(counts)));
    }

    private static String inWords(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> "%5d %s".formatted(count.getValue(), count.getKey()))
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
    }
}
