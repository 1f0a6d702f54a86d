package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * The caches of a {@link CaffeineDeltaTokenRepository}: what a server would hold. Plain keys are apart from tokens, and
 * only their oldest ones may be removed.
 */
record CaffeineStore(
        Cache<String, CaffeineDeltaTokenRepository.Entry> tokens,
        Cache<String, CaffeineKnownIds.Ids> knownIds,
        Cache<String, Boolean> plainKeys) {

    CaffeineStore() {
        this(
                Caffeine.newBuilder().build(),
                Caffeine.newBuilder().build(),
                Caffeine.newBuilder().maximumSize(1_000_000).build());
    }
}
