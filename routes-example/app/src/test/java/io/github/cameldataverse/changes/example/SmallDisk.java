package io.github.cameldataverse.changes.example;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file system of 256 KB for what the application keeps. Making one needs the right to mount. */
public final class SmallDisk implements QuarkusTestResourceLifecycleManager {

    static final Path DISK = Path.of("target", "small-disk").toAbsolutePath();

    private static boolean mounted;

    static boolean isMounted() {
        return mounted;
    }

    @Override
    public int order() {
        return 1; // behind the organization, whose directory this replaces
    }

    @Override
    public Map<String, String> start() {
        mounted = mount();
        return mounted ? Map.of("example.data", DISK.toString()) : Map.of();
    }

    private static boolean mount() {
        try {
            Files.createDirectories(DISK);
            return succeeds("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", DISK.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean succeeds(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        try {
            mounted = mounted && !succeeds("umount", "-l", DISK.toString());
        } catch (IOException e) {
            throw new IllegalStateException("The small disk stays mounted at " + DISK, e);
        }
    }
}
