package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for what arrived in the last seconds, if anything did. */
@ApplicationScoped
class ArrivalsToLog extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger("arrived");

    @Inject
    Arrivals arrivals;

    @Override
    public void configure() {
        from("timer:arrivals?period=5000").routeId("arrivals-to-log").process(exchange -> report(arrivals.take()));
    }

    private static void report(Map<String, Map<String, Integer>> countsBySink) {
        if (!countsBySink.isEmpty()) {
            LOG.info(countsBySink.entrySet().stream()
                    .map(sink -> sink.getKey() + " " + inWords(sink.getValue()))
                    .collect(Collectors.joining(" | ")));
        }
    }

    private static String inWords(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(" "));
    }
}
