package io.github.cameldataverse.changes.example.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir
    Path directory;

    @Test
    void rowsOutliveARestart() throws Exception {
        try (Postgres first = started(directory)) {
            execute(first, "create table kept as select 42 as answer");
        }
        try (Postgres second = started(directory)) {
            assertThat(answer(second)).isEqualTo(42);
        }
    }

    @Test
    void aServerThatOutlivedItsJvmIsStoppedAndItsRowsAreThere() throws Exception {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingOwner.class.getName(),
                        directory.toString())
                .redirectOutput(new File("target/dying-owner.log"))
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assertThat(exit).isEqualTo(DyingOwner.DIED_WITH_ITS_SERVER_RUNNING);
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                        .get(0)
                        .trim()))
                .orElseThrow();

        try (Postgres second = started(directory)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(answer(second)).isEqualTo(42);
        }
    }

    @Test
    void aServerWhoseOwnerLivesIsLeftAlone() throws Exception {
        try (Postgres first = started(directory)) {
            execute(first, "create table kept as select 42 as answer");
            assertThatThrownBy(() -> started(directory))
                    .hasMessageContaining("Another process uses the database in " + directory);
            assertThat(answer(first)).isEqualTo(42);
        }
    }

    @Test
    void aTemporaryDirectoryIsGoneAfterwards() throws Exception {
        Postgres postgres = new Postgres(new Place(0, Optional.empty()));
        postgres.start();
        String data = text(postgres, "show data_directory");
        assertThat(Path.of(data)).isDirectory();
        postgres.close();
        assertThat(Path.of(data)).doesNotExist();
    }

    static Postgres started(Path directory) {
        Postgres postgres = new Postgres(new Place(0, Optional.of(directory.toString())));
        postgres.start();
        return postgres;
    }

    static void execute(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int answer(Postgres postgres) throws SQLException {
        return Integer.parseInt(text(postgres, "select answer from kept"));
    }

    private static String text(Postgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(Postgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.getConnectionInfo(), Postgres.USER, Postgres.PASSWORD);
    }

    /** Starts a server and dies without stopping it, as a JVM does that is killed. */
    static final class DyingOwner {

        static final int DIED_WITH_ITS_SERVER_RUNNING = 17;

        private DyingOwner() {}

        public static void main(String[] arguments) throws SQLException, IOException {
            Postgres postgres = started(Path.of(arguments[0]));
            execute(postgres, "create table kept as select 42 as answer");
            Runtime.getRuntime().halt(DIED_WITH_ITS_SERVER_RUNNING);
        }
    }
}
