package io.github.cameldataverse.changes.quarkus.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory that {@code quarkus.native.sources-only} leaves behind. */
final class NativeSources {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    private NativeSources(Path directory) {
        this.directory = directory;
    }

    static NativeSources ofTheBuild() {
        return new NativeSources(Path.of(System.getProperty("native.sources")));
    }

    /** What may be reached of a type by reflection. */
    Reflection reflection(String type) {
        for (JsonNode entry : configuration("reflect-config.json")) {
            if (entry.path("name").asText().equals(type)) {
                return new Reflection(entry);
            }
        }
        return new Reflection(JSON.missingNode());
    }

    /** The list of resources, as it is written. */
    String resources() {
        return configuration("resource-config.json")
                .toString()
                .replace("\\\\Q", "")
                .replace("\\\\E", "");
    }

    /** The arguments of native-image, as they are written. */
    String arguments() {
        try {
            return Files.readString(directory.resolve("native-image.args"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the jars that the executable would be made of. */
    List<String> jars() {
        try (Stream<Path> jars = Files.list(directory.resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode configuration(String name) {
        try (FileSystem jar = FileSystems.newFileSystem(runner());
                InputStream content = Files.newInputStream(jar.getPath("META-INF/native-image/" + name))) {
            return JSON.readTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path runner() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An entry of the reflection configuration; missing if the type is not in it. */
    record Reflection(JsonNode entry) {

        boolean isPresent() {
            return !entry.isMissingNode();
        }

        boolean constructors() {
            return entry.path("allDeclaredConstructors").asBoolean()
                    || entry.path("allPublicConstructors").asBoolean()
                    || entry.path("methods").toString().contains("\"<init>\"");
        }

        boolean methods() {
            return entry.path("allDeclaredMethods").asBoolean()
                    || entry.path("allPublicMethods").asBoolean();
        }
    }
}
