package io.github.cameldataverse.changes.lab.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The classes of a reader as the JVM likes them best: hundreds of readers start in a build, and from an archive of loaded
 * classes each takes half the time. The archive is made from jars only, so folders of the class path become one.
 */
final class ClassDataArchive {

    private static final String ARCHIVE = "reader.jsa";

    private final Path directory;
    private final String classPath;

    private ClassDataArchive(Path directory) throws IOException {
        this.directory = directory;
        List<String> jars = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                folders.add(Path.of(entry));
            } else {
                jars.add(entry);
            }
        }
        jars.add(0, packed(folders).toString());
        classPath = String.join(File.pathSeparator, jars);
    }

    /** @param training a set-up of which a reader comes to its end */
    static ClassDataArchive of(Path directory, CrashReaderOptions training) throws Exception {
        ClassDataArchive image = new ClassDataArchive(directory);
        List<String> command = new ArrayList<>(image.java());
        command.add(1, "-XX:ArchiveClassesAtExit=" + directory.resolve(ARCHIVE));
        command.addAll(List.of(CrashReader.class.getName(), "0"));
        command.addAll(training.words());
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("training.log").toFile())
                .start()
                .waitFor();
        return image;
    }

    /** The command up to the main class. */
    List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m"));
        // Without an archive a reader starts as well, only later.
        if (Files.exists(directory.resolve(ARCHIVE))) {
            command.add("-XX:SharedArchiveFile=" + directory.resolve(ARCHIVE));
        }
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private Path packed(List<Path> folders) throws IOException {
        Path jar = directory.resolve("folders.jar");
        Set<String> packed = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(Files::isRegularFile).forEach(file -> pack(folder, file, packed, out));
                }
            }
        }
        return jar;
    }

    private static void pack(Path folder, Path file, Set<String> packed, JarOutputStream out) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (packed.add(name)) {
            try {
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, (OutputStream) out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
