package io.github.cameldataverse.changes.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be configured at build time. Everything else is {@code camel.component.dataverse-changes.*}. */
@ConfigMapping(prefix = "quarkus.camel.dataverse-changes")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface DataverseChangesBuildConfig {

    /**
     * The simulated organization for dev mode and tests. It starts unless {@code
     * camel.component.dataverse-changes.organization-url} is set.
     */
    DevServices devservices();

    /** The simulated organization. */
    interface DevServices {

        /**
         * Whether it may start. If not set, it follows {@code quarkus.devservices.enabled}; true starts it even where that
         * has put off the container services.
         */
        Optional<Boolean> enabled();

        /**
         * Its port on 127.0.0.1; a free one if not set. Stored delta tokens are valid at one address only, so set it
         * where they are to outlive a restart.
         */
        OptionalInt port();

        /** Where its rows outlive a restart; in memory only if not set. */
        Optional<String> stateDirectory();

        /** Whether it is filled with accounts and contacts to which something happens all the time. */
        @WithDefault("false")
        boolean demo();

        /** How many rows of the demo are created, changed or deleted in a second. */
        @WithDefault("2")
        double writesPerSecond();
    }
}
