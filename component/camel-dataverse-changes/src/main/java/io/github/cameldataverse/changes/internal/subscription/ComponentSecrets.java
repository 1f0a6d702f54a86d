package io.github.cameldataverse.changes.internal.subscription;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that properties set at the component. Camel reads them once, and keeps the component over a reload of the context,
 * which is how its vaults take up a secret that was rotated; so they are read again for each new endpoint. Thread-safe.
 */
public final class ComponentSecrets {

    private static final String PREFIX = "camel.component.dataverse-changes.";

    private static final List<Secret> ALL = List.of(
            new Secret(
                    "clientSecret",
                    DataverseChangesConfiguration::getClientSecret,
                    DataverseChangesConfiguration::setClientSecret),
            new Secret(
                    "certificatePassword",
                    DataverseChangesConfiguration::getCertificatePassword,
                    DataverseChangesConfiguration::setCertificatePassword),
            new Secret(
                    "accessToken",
                    DataverseChangesConfiguration::getAccessToken,
                    DataverseChangesConfiguration::setAccessToken));

    private final Map<String, String> known = new ConcurrentHashMap<>();

    private record Secret(
            String option,
            Function<DataverseChangesConfiguration, @Nullable String> get,
            BiConsumer<DataverseChangesConfiguration, String> set) {

        private Optional<String> property(CamelContext camel) {
            return Stream.of(option, StringHelper.camelCaseToDash(option))
                    .map(name -> camel.getPropertiesComponent().resolveProperty(PREFIX + name))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    /** Gives each secret the value that its property has now, unless the option has got another one than the property had. */
    public void takeUp(CamelContext camel, DataverseChangesConfiguration component) {
        ALL.forEach(secret -> secret.property(camel).ifPresent(now -> {
            String before = known.put(secret.option(), now);
            if (before != null && before.equals(secret.get().apply(component))) {
                secret.set().accept(component, now);
            }
        }));
    }
}
