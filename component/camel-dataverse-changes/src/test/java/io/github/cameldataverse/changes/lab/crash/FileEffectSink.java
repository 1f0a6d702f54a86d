package io.github.cameldataverse.changes.lab.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Effects as lines of a file; a line is one write, so that a dying process leaves it whole or not at all. */
final class FileEffectSink implements EffectSink {

    private final FileChannel file;

    FileEffectSink(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void write(SinkEffect effect) throws IOException {
        file.write(ByteBuffer.wrap(effect.line().getBytes(StandardCharsets.UTF_8)));
    }

    static List<SinkEffect> effects(Path path) throws IOException {
        return Files.exists(path)
                ? Files.readAllLines(path).stream().map(SinkEffect::of).toList()
                : List.of();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
