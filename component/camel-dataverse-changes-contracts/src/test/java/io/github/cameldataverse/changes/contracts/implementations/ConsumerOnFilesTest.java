package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.ConsumerContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ConsumerOnFilesTest extends ConsumerContract {

    @TempDir
    Path directory;

    private DeltaTokenRepository repository;

    @BeforeEach
    void start() {
        repository = new FileDeltaTokenRepository(directory);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    @Override
    protected void restart() {
        stop();
        start();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }
}
