package io.github.cameldataverse.changes.example.neighbours;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** Which neighbours start in dev mode and in tests. */
@ConfigMapping(prefix = "quarkus.neighbours")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface NeighboursConfig {

    /** The message broker. Starts unless {@code quarkus.artemis.url} is set. */
    Neighbour broker();

    /** The database. Starts unless {@code quarkus.datasource.jdbc.url} is set. */
    Neighbour postgres();

    /** What can be said about one neighbour. */
    interface Neighbour {

        /** Whether the neighbour may start. */
        @WithDefault("true")
        boolean enabled();

        /** The port on 127.0.0.1; a free one if not set. */
        OptionalInt port();

        /** Where its data outlives a restart; a temporary directory, deleted at the end, if not set. */
        Optional<String> dataDirectory();
    }
}
