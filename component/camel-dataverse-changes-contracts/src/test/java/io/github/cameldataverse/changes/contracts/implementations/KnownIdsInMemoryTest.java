package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;

class KnownIdsInMemoryTest extends KnownIdsContract {

    private final MemoryDeltaTokenRepository repository = new MemoryDeltaTokenRepository();

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }

    @Override
    protected void restart() {
        // Memory outlives a stop and a start, and no more.
        repository.stop();
        repository.start();
    }
}
