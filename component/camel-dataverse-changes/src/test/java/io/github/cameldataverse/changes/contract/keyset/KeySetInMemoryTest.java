package io.github.cameldataverse.changes.contract.keyset;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

class KeySetInMemoryTest extends KeySetContract {

    private final Map<String, Object> set = new HashMap<>();

    @Override
    IdempotentRepository open() {
        return MemoryIdempotentRepository.memoryIdempotentRepository(set);
    }

    @Override
    Set<String> keys() {
        return Set.copyOf(set.keySet());
    }
}
