package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;

import io.github.cameldataverse.changes.contracts.DurableTokenRepositoryContract;
import io.github.cameldataverse.changes.contracts.implementations.caffeine.CaffeineDeltaTokenRepository.Entry;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import org.junit.jupiter.api.BeforeEach;

/** What the author of a repository writes. */
// tag::test[]
class CaffeineTokensTest extends DurableTokenRepositoryContract {

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

    @Override
    protected String storedText() {
        return store.tokens().getIfPresent(SubscriptionKey.of(ACCOUNTS)).token();
    }

    @Override
    protected void storeText(String text) {
        store.tokens()
                .asMap()
                .computeIfPresent(SubscriptionKey.of(ACCOUNTS), (key, entry) -> new Entry(text, entry.delivered()));
    }

    @Override
    protected long size() {
        return store.tokens().asMap().size() + store.plainKeys().asMap().size();
    }
}
// end::test[]
