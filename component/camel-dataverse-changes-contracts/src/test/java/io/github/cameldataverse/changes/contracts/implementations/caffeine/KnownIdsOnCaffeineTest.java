package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.junit.jupiter.api.BeforeEach;

class KnownIdsOnCaffeineTest extends KnownIdsContract {

    private final CaffeineStore store = new CaffeineStore();
    private DeltaTokenRepository repository;

    @BeforeEach
    @Override
    protected void restart() {
        repository = new CaffeineDeltaTokenRepository(store);
        repository.start();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }
}
