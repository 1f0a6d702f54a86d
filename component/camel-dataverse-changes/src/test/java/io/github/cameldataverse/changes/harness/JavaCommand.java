package io.github.cameldataverse.changes.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a second JVM on the class path of this one, quick to start. */
public final class JavaCommand {

    private JavaCommand() {}

    /** @param megabytes of heap */
    public static List<String> of(int megabytes, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
