package io.github.cameldataverse.changes.docs.cookbook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands where a component of Camel stands that is not on this class path, and takes any option. */
public final class RecordingComponent extends DefaultComponent {

    /** What was sent, as headers with the body under {@code body}. */
    public final List<Map<String, Object>> sent = new CopyOnWriteArrayList<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Recorder(uri);
    }

    private final class Recorder extends DefaultEndpoint {

        Recorder(String uri) {
            super(uri, RecordingComponent.this);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    Map<String, Object> message =
                            new HashMap<>(exchange.getMessage().getHeaders());
                    message.put("body", exchange.getMessage().getBody(String.class));
                    sent.add(message);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Only takes messages");
        }
    }
}
