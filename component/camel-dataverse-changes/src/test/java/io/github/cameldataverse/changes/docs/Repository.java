package io.github.cameldataverse.changes.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository that the tests run in, by their paths from its root. */
final class Repository {

    private static final Path ROOT = root();

    private Repository() {}

    static Path path(String fromTheRoot) {
        return ROOT.resolve(fromTheRoot);
    }

    static String read(String fromTheRoot) {
        try {
            return Files.readString(path(fromTheRoot));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + fromTheRoot + " cannot be read", e);
        }
    }

    static void write(String fromTheRoot, String text) {
        try {
            Files.writeString(path(fromTheRoot), text);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + fromTheRoot + " cannot be written", e);
        }
    }

    /** The Markdown pages: those at the root, those in docs/ and that of the example. */
    static List<String> pages() {
        return Stream.of("", "docs", "routes-example")
                .flatMap(folder -> list(folder, ".md").stream())
                .toList();
    }

    /** The files of a folder with an ending, by name. */
    static List<String> list(String folder, String ending) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be listed", e);
        }
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("No folder above " + Path.of("").toAbsolutePath() + " holds the file mvnw");
    }
}
