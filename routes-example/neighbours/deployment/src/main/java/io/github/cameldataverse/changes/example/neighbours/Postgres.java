package io.github.cameldataverse.changes.example.neighbours;

import io.quarkus.deployment.builditem.Startable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server as a child process, from the binaries of its Maven artifact. */
final class Postgres implements Startable {

    static final String USER = "postgres";
    /** The server listens on this machine only and checks no password; clients need one all the same. */
    static final String PASSWORD = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Place place;
    private final int port;
    private final Path directory;
    private @Nullable EmbeddedPostgres server;

    Postgres(Place place) {
        this.place = place;
        this.port = place.choosePort();
        this.directory = place.chooseDirectory("postgres");
    }

    @Override
    public void start() {
        new OrphanedServer(directory).stop();
        Place.requireFree(port, "postgres");
        try {
            // No shutdown hook of its own: the application, which still writes, must stop first.
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(PATIENCE)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start in " + directory + ".", e);
        }
    }

    @Override
    public String getConnectionInfo() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            place.abandon(directory);
        }
    }
}
