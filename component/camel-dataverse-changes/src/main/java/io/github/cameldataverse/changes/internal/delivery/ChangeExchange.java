package io.github.cameldataverse.changes.internal.delivery;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** What one exchange carries, before there is an exchange. */
public interface ChangeExchange {

    /** Puts body and headers into a new exchange. */
    void fill(Exchange exchange);

    /** What to note as delivered once the exchange is accepted: record id to its history in the page; may be empty. */
    Map<String, String> delivered();

    /** What to take out of the known ids once the exchange is accepted: record id to the round that did not bring it. */
    default Map<String, Long> forgotten() {
        return Map.of();
    }

    /** The keys of the changes in it, in their order. */
    default List<String> keys() {
        return List.of();
    }

    /** Names the content, in a log line and in the health check. */
    String name();
}
