package io.github.cameldataverse.changes.contracts.implementations;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;

import io.github.cameldataverse.changes.contracts.DurableTokenRepositoryContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.SteppedFileTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileTokensTest extends DurableTokenRepositoryContract {

    @TempDir
    Path directory;

    private DeltaTokenRepository repository;

    @BeforeEach
    void start() {
        restartWith(new FileDeltaTokenRepository(directory));
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    private void restartWith(DeltaTokenRepository next) {
        repository = next;
        repository.start();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }

    @Override
    protected void restart() {
        stop();
        start();
    }

    @Override
    protected String storedText() {
        try {
            return Files.readString(token(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void storeText(String text) {
        try {
            Files.writeString(token(), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path token() {
        return directory.resolve(SubscriptionKey.of(ACCOUNTS) + ".token");
    }

    @Override
    protected long size() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void expectManyPages() {
        stop();
        restartWith(SteppedFileTokens.withoutForce(directory.toString()));
    }
}
