package io.github.cameldataverse.changes.example.neighbours;

import io.github.cameldataverse.changes.example.neighbours.NeighboursConfig.Neighbour;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts the neighbours of the example in dev mode and in tests, and tells the application where they are. */
@BuildSteps(onlyIf = IsDevServicesSupportedByLaunchMode.class)
class NeighboursProcessor {

    private static final String NAME = "dataverse-changes-example-neighbours";
    private static final String BROKER_URL = "quarkus.artemis.url";
    private static final String DATABASE_URL = "quarkus.datasource.jdbc.url";

    @BuildStep
    void broker(NeighboursConfig config, LaunchModeBuildItem mode, BuildProducer<DevServicesResultBuildItem> services) {
        if (isWanted(config.broker(), BROKER_URL)) {
            Place place = Place.of(config.broker());
            services.produce(DevServicesResultBuildItem.owned()
                    .name(NAME)
                    .serviceName("broker")
                    .serviceConfig(place)
                    .startable(() -> closedInTime(new Broker(place), mode))
                    .configProvider(Map.of(BROKER_URL, Broker::getConnectionInfo))
                    .build());
        }
    }

    @BuildStep
    void database(
            NeighboursConfig config, LaunchModeBuildItem mode, BuildProducer<DevServicesResultBuildItem> services) {
        if (isWanted(config.postgres(), DATABASE_URL)) {
            Place place = Place.of(config.postgres());
            services.produce(DevServicesResultBuildItem.owned()
                    .name(NAME)
                    .serviceName("postgres")
                    .serviceConfig(place)
                    .startable(() -> closedInTime(new Postgres(place), mode))
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

    /** The receiver of the queue, and the line that says what has arrived; a production build does not look for them. */
    @BuildStep
    IndexDependencyBuildItem routesAndBeans() {
        return new IndexDependencyBuildItem("io.github.cameldataverse", NAME);
    }

    // Dev mode closes its services after the application; a test run ends without closing them.
    private static <T extends Startable> T closedInTime(T service, LaunchModeBuildItem mode) {
        if (mode.isTest()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service)));
        }
        return service;
    }

    private static void close(Startable service) {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWanted(Neighbour neighbour, String address) {
        return neighbour.enabled() && !ConfigUtils.isPropertyNonEmpty(address);
    }
}
