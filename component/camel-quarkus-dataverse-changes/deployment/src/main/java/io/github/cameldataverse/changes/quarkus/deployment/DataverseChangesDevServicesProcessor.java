package io.github.cameldataverse.changes.quarkus.deployment;

import io.github.cameldataverse.changes.quarkus.deployment.DataverseChangesBuildConfig.DevServices;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.Map;

/** In dev mode and in tests, an application that names no organization gets a simulated one. */
@BuildSteps(onlyIf = IsDevServicesSupportedByLaunchMode.class)
class DataverseChangesDevServicesProcessor {

    private static final String COMPONENT = "camel.component.dataverse-changes.";
    private static final String ORGANIZATION_URL = COMPONENT + "organization-url";

    @BuildStep
    void simulatedOrganization(
            DataverseChangesBuildConfig config,
            DevServicesConfig all,
            BuildProducer<DevServicesResultBuildItem> services) {
        DevServices wish = config.devservices();
        if (wish.enabled().orElse(all.enabled()) && !isOrganizationNamed()) {
            SimulatedOrganization.Settings settings = SimulatedOrganization.Settings.of(wish);
            services.produce(DevServicesResultBuildItem.owned()
                    .name(DataverseChangesProcessor.FEATURE)
                    .description("A simulated Dataverse organization")
                    .serviceConfig(settings)
                    .startable(() -> new SimulatedOrganization(settings))
                    .configProvider(Map.of(
                            ORGANIZATION_URL,
                            SimulatedOrganization::getConnectionInfo,
                            COMPONENT + "access-token",
                            organization -> SimulatedOrganization.ACCESS_TOKEN,
                            COMPONENT + "allow-insecure",
                            organization -> "true"))
                    .build());
        }
    }

    // Camel takes the name in both spellings.
    private static boolean isOrganizationNamed() {
        return ConfigUtils.isPropertyNonEmpty(ORGANIZATION_URL)
                || ConfigUtils.isPropertyNonEmpty(COMPONENT + "organizationUrl");
    }
}
