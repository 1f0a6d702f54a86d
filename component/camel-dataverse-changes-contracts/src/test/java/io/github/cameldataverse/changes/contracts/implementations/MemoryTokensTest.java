package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.DeltaTokenRepositoryContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import org.junit.jupiter.api.BeforeEach;

class MemoryTokensTest extends DeltaTokenRepositoryContract {

    private final DeltaTokenRepository repository = new MemoryDeltaTokenRepository();

    @BeforeEach
    void start() {
        repository.start();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }
}
