package io.github.cameldataverse.changes.internal.keyset;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** What is known of Camel's own idempotent repositories: which lose keys, and which would lose a token with them. */
final class CamelRepositories {

    /** A token with many columns, twice, and some space for the keys of others. */
    static final int LEAST_KEYS = 4_000;

    private static final long LEAST_BYTES = 1_000_000;
    private static final String USE_OURS = "; use a FileDeltaTokenRepository or a JdbcDeltaTokenRepository";

    /** By name, because their modules are seldom there. */
    private static final Map<String, String> UNABLE = Map.of(
            "JdbcOrphanLockAwareIdempotentRepository",
            "takes a key that is older than its lockMaxAge for gone",
            "JdbcCachedMessageIdRepository",
            "answers from a memory that may hold keys which its database does not",
            "KafkaIdempotentRepository",
            "answers from a bounded memory that lags behind its topic");

    private CamelRepositories() {}

    /** @throws IllegalArgumentException if the repository cannot hold a token at all */
    static void requireAble(IdempotentRepository repository) {
        Stream.<Class<?>>iterate(repository.getClass(), type -> type != null, Class::getSuperclass)
                .map(Class::getSimpleName)
                .filter(UNABLE::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("The idempotentRepository is a " + name + ", which "
                            + UNABLE.get(name) + ", so it cannot hold a delta token" + USE_OURS);
                });
    }

    /** @throws IllegalArgumentException if a started repository is known to be too small for a token */
    static void requireSpace(IdempotentRepository repository) {
        if (repository instanceof MemoryIdempotentRepository memory
                && isForgetful(memory)
                && mostKeys(memory) < LEAST_KEYS) {
            throw new IllegalArgumentException("The idempotentRepository is a MemoryIdempotentRepository that forgets"
                    + " its oldest keys beyond " + mostKeys(memory) + ", and with them a delta token; give it a"
                    + " cacheSize of at least " + LEAST_KEYS + ", or use a MemoryDeltaTokenRepository");
        }
        if (repository instanceof FileIdempotentRepository file
                && file.getMaxFileStoreSize() > 0
                && file.getMaxFileStoreSize() < LEAST_BYTES) {
            throw new IllegalArgumentException("The idempotentRepository is a FileIdempotentRepository that drops its"
                    + " oldest keys beyond " + file.getMaxFileStoreSize() + " bytes, and with them a delta token; give"
                    + " it a maxFileStoreSize of at least " + LEAST_BYTES + ", or use a FileDeltaTokenRepository");
        }
    }

    /** What a line in the log has to say of the bounds of a started repository. */
    static String bound(IdempotentRepository repository) {
        if (repository instanceof MemoryIdempotentRepository memory) {
            return isForgetful(memory)
                    ? " It forgets its oldest keys beyond " + mostKeys(memory) + ": let nothing else use it."
                    : " It ends with this process.";
        }
        if (repository instanceof FileIdempotentRepository file) {
            return " It drops its oldest keys beyond " + file.getMaxFileStoreSize()
                    + " bytes, and its remove() is not safe in a crash: let nothing else use it.";
        }
        return isOnDatabase(repository) ? "" : " If it forgets keys, by number or by age, it loses the token.";
    }

    /** Whether the keys are known to be elsewhere than in memory that is emptied, or given up, at a stop. */
    static boolean outlivesAStop(IdempotentRepository repository) {
        return repository instanceof FileIdempotentRepository || isOnDatabase(repository);
    }

    /** Camel's caches that drop what was not used for long share this end of their names, and nothing else. */
    private static boolean isForgetful(MemoryIdempotentRepository memory) {
        return memory.getCache().getClass().getSimpleName().endsWith("LRUCache");
    }

    private static int mostKeys(MemoryIdempotentRepository memory) {
        return memory.getMaxCacheSize() > 0 ? memory.getMaxCacheSize() : 1_000;
    }

    private static boolean isOnDatabase(IdempotentRepository repository) {
        return repository.getClass().getSimpleName().equals("JdbcMessageIdRepository");
    }
}
