package io.github.cameldataverse.changes.contract.keyset;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.caffeine.processor.idempotent.CaffeineIdempotentRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("needs-camel-caffeine")
class KeySetInCaffeineTest extends KeySetContract {

    private final Open repository = new Open();

    /** Lets a test see what is in it. */
    private static final class Open extends CaffeineIdempotentRepository {

        @SuppressWarnings("unchecked") // the repository gives its cache of texts as a raw one
        Set<String> keys() {
            Cache<String, Boolean> cache = getCache();
            return new TreeSet<>(cache.asMap().keySet());
        }
    }

    @BeforeEach
    void start() {
        repository.start();
    }

    @Override
    IdempotentRepository open() {
        return repository;
    }

    @Override
    Set<String> keys() {
        return repository.keys();
    }
}
