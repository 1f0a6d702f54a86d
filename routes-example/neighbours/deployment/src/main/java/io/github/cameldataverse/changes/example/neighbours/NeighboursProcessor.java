package io.github.cameldataverse.changes.example.neighbours;

import io.github.cameldataverse.changes.example.neighbours.NeighboursConfig.Neighbour;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.Map;

/** Starts the neighbours of the example in dev mode and in tests, and tells the application where they are. */
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
class NeighboursProcessor {

    private static final String NAME = "dataverse-changes-example-neighbours";
    private static final String BROKER_URL = "quarkus.artemis.url";
    private static final String DATABASE_URL = "quarkus.datasource.jdbc.url";

    @BuildStep
    void broker(NeighboursConfig config, BuildProducer<DevServicesResultBuildItem> services) {
        if (isWanted(config.broker(), BROKER_URL)) {
            Place place = Place.of(config.broker());
            services.produce(DevServicesResultBuildItem.owned()
                    .name(NAME)
                    .serviceName("broker")
                    .serviceConfig(place)
                    .startable(() -> new Broker(place))
                    .configProvider(Map.of(BROKER_URL, Broker::getConnectionInfo))
                    .build());
        }
    }

    @BuildStep
    void database(NeighboursConfig config, BuildProducer<DevServicesResultBuildItem> services) {
        if (isWanted(config.postgres(), DATABASE_URL)) {
            Place place = Place.of(config.postgres());
            services.produce(DevServicesResultBuildItem.owned()
                    .name(NAME)
                    .serviceName("postgres")
                    .serviceConfig(place)
                    .startable(() -> new Postgres(place))
                    .configProvider(Map.of(
                            DATABASE_URL,
                            Postgres::getConnectionInfo,
                            "quarkus.datasource.username",
                            postgres -> Postgres.USER,
                            "quarkus.datasource.password",
                            postgres -> Postgres.PASSWORD))
                    .build());
        }
    }

    private static boolean isWanted(Neighbour neighbour, String address) {
        return neighbour.enabled() && !ConfigUtils.isPropertyNonEmpty(address);
    }
}
