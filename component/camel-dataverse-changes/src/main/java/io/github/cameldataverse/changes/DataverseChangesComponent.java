package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.MemoryDeltaTokenRepository;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;

/** Creates the endpoints {@code dataverse-changes:<table>}, and knows which subscriptions of the context are taken. */
@Component("dataverse-changes")
public class DataverseChangesComponent extends HealthCheckComponent {

    @Metadata(description = "Options that all endpoints of the component start from")
    private DataverseChangesConfiguration configuration = new DataverseChangesConfiguration();

    private final DeltaTokenRepository memory = new MemoryDeltaTokenRepository();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RefusedQueryOptions.check(remaining, parameters.keySet());
        DataverseChangesConfiguration own = configuration.copy();
        own.getHttpOptions().putAll(PropertiesHelper.extractProperties(parameters, "http."));
        DataverseChangesEndpoint endpoint = new DataverseChangesEndpoint(uri, this, own);
        endpoint.setTable(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The repository of endpoints that name none: it lives as long as the component. */
    DeltaTokenRepository memory() {
        return memory;
    }

    /** What one consumer claims of the subscriptions of the context; nothing yet. */
    Claim claim() {
        return new Claim(taken);
    }

    public DataverseChangesConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DataverseChangesConfiguration configuration) {
        this.configuration = configuration;
    }
}
