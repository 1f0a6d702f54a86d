package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.subscription.RegistryBeans;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Receive the changes of a Microsoft Dataverse table, one exchange per change.
 *
 * <p>As a consumer it polls the change tracking of the table and keeps the delta token in an idempotent repository. As
 * a producer it counts the waiting changes, tells where the token stands, or asks for a full reload.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "dataverse-changes",
        title = "Dataverse Changes",
        syntax = "dataverse-changes:table",
        category = {Category.SAAS, Category.DATABASE, Category.CLOUD},
        headersClass = DataverseChangesConstants.class)
@Metadata(annotations = {"protocol=http"})
@ManagedResource(description = "Managed Dataverse Changes Endpoint")
public class DataverseChangesEndpoint extends ScheduledPollEndpoint implements EndpointServiceLocation {

    private static final long DEFAULT_DELAY = 60_000;

    @UriPath(description = "Logical name or entity set name of the table, for example account or accounts")
    @Metadata(required = true)
    private String table = "";

    // Again here: polling consumers begin with half a second, which is no way to treat a service that limits requests.
    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "" + DEFAULT_DELAY,
            javaType = "java.time.Duration",
            description = "Time between two polls")
    private long delay = DEFAULT_DELAY;

    @UriParam
    private DataverseChangesConfiguration configuration;

    private volatile @Nullable DataverseChangesConsumer reader;

    DataverseChangesEndpoint(
            String uri, DataverseChangesComponent component, DataverseChangesConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
        setDelay(DEFAULT_DELAY);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DataverseChangesConsumer consumer = new DataverseChangesConsumer(this, processor, subscription());
        configureConsumer(consumer);
        reader = consumer;
        return consumer;
    }

    @Override
    public Producer createProducer() {
        return new DataverseChangesProducer(
                this,
                subscription(beans().forProducer(configuration)),
                () -> subscription(beans().forTokens(configuration)));
    }

    @Override
    public PollingConsumer createPollingConsumer() {
        throw new UnsupportedOperationException("dataverse-changes cannot be used with pollEnrich, poll or a"
                + " ConsumerTemplate: the token would move on before the caller has the change. Use it in from()");
    }

    @Override
    public DataverseChangesComponent getComponent() {
        return (DataverseChangesComponent) super.getComponent();
    }

    @Override
    public @Nullable String getServiceUrl() {
        return configuration.getOrganizationUrl();
    }

    @Override
    public String getServiceProtocol() {
        return "odata";
    }

    /** How old the delta token of the reader is, in seconds; -1 if it has none. */
    @ManagedAttribute(description = "Age of the delta token in seconds, -1 if there is none")
    public long getTokenAgeSeconds() {
        return life().map(life -> life.age(now()).toSeconds()).orElse(-1L);
    }

    /** How long until the delta token of the reader can no longer be used, in seconds; -1 if that is not known. */
    @ManagedAttribute(description = "Seconds until the delta token expires, -1 if that is not known")
    public long getTokenExpiresInSeconds() {
        return life().map(TokenLife::expires)
                .map(expires -> Math.max(0, Duration.between(now(), expires).toSeconds()))
                .orElse(-1L);
    }

    /** How long the route has had the exchange of the reader that it has in hand, in seconds; -1 if it has none. */
    @ManagedAttribute(description = "Seconds for which the route has had the exchange in hand, -1 if there is none")
    public long getExchangeAgeSeconds() {
        return Optional.ofNullable(reader)
                .flatMap(DataverseChangesConsumer::exchangeAge)
                .map(Duration::toSeconds)
                .orElse(-1L);
    }

    private Optional<TokenLife> life() {
        return Optional.ofNullable(reader).flatMap(DataverseChangesConsumer::tokenLife);
    }

    private Instant now() {
        return Optional.ofNullable(reader)
                .map(DataverseChangesConsumer::serviceTime)
                .orElse(Instant.EPOCH);
    }

    /**
     * What a consumer reads.
     *
     * @throws IllegalArgumentException with a sentence, if an option is missing, unknown or at odds with another
     */
    Subscription subscription() {
        return subscription(beans().forConsumer(configuration));
    }

    private Subscription subscription(DataverseChangesConfiguration options) {
        return SubscriptionOptions.check(table, options, getComponent().memory());
    }

    private RegistryBeans beans() {
        return new RegistryBeans(getCamelContext().getRegistry(), "dataverse-changes:" + table);
    }

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        this.delay = delay;
        super.setDelay(delay);
    }

    public DataverseChangesConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DataverseChangesConfiguration configuration) {
        this.configuration = configuration;
    }
}
