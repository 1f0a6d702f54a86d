package io.github.cameldataverse.changes.internal.delivery;

import java.util.Map;
import org.apache.camel.Exchange;

/** What one exchange carries. */
public interface ChangeExchange {

    /** Puts body and headers into a new exchange. */
    void fill(Exchange exchange);

    /** What to remember once the exchange is accepted: record id to its history; may be empty. */
    Map<String, String> marks();

    /** What to take out of the known ids once the exchange is accepted: record id to the round that did not bring it. */
    default Map<String, Long> forgotten() {
        return Map.of();
    }

    /** Names the content, in a log line and in the health check. */
    String name();
}
