package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import io.github.cameldataverse.changes.contracts.ConsumerContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.junit.jupiter.api.BeforeEach;

class ConsumerOnCaffeineTest extends ConsumerContract {

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
