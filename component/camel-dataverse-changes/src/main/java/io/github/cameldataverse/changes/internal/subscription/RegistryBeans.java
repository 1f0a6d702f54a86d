package io.github.cameldataverse.changes.internal.subscription;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.internal.subscription.Subscription.Producing;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beans of the registry that an endpoint uses without naming them, because there is one of their type: who has made a token
 * repository wants the tokens in it, and not in memory. The types are this component's own. An {@code
 * IdempotentRepository} is not taken: it may be there for another purpose.
 *
 * @param registry of the Camel context
 * @param endpoint says in the log whose beans they are
 */
public record RegistryBeans(Registry registry, Object endpoint) {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryBeans.class);

    /**
     * The options of a consumer.
     *
     * @throws IllegalArgumentException with a sentence, if there are several token repositories to choose from, or none
     *     where one is needed, or several mappers where one was to be discovered
     */
    public DataverseChangesConfiguration forConsumer(DataverseChangesConfiguration named) {
        DataverseChangesConfiguration whole = forTokens(named);
        requireTokensToStartFromNow(whole);
        if (whole.getFullLoadGuard() == null) {
            onlyOrNone(FullLoadGuard.class, "fullLoadGuard").ifPresent(whole::setFullLoadGuard);
        }
        if (whole.getObjectMapper() == null && whole.isAutoDiscoverObjectMapper()) {
            only(ObjectMapper.class, "objectMapper").ifPresent(whole::setObjectMapper);
        }
        return whole;
    }

    /** That the token ends with the process would be an accident, and there a loss: nothing of it comes again. */
    private static void requireTokensToStartFromNow(DataverseChangesConfiguration options) {
        if (options.getStartFrom() == StartFrom.NOW && options.getIdempotentRepository() == null) {
            throw new IllegalArgumentException("The option startFrom=now needs an idempotentRepository: without one the"
                    + " token ends with the process, the next process starts from its own now, and what changes in"
                    + " between is never delivered. Name a FileDeltaTokenRepository or a JdbcDeltaTokenRepository; a"
                    + " route that wants only what changes while it runs, such as one that clears a cache, names a"
                    + " MemoryDeltaTokenRepository");
        }
    }

    /**
     * The options of a producer, which loads nothing and delivers no rows; with a token repository if its operation looks
     * into one.
     *
     * @throws IllegalArgumentException with a sentence, if there are several token repositories to choose from
     */
    public DataverseChangesConfiguration forProducer(DataverseChangesConfiguration named) {
        return Producing.needsTokens(named.getOperation()) ? forTokens(named) : withoutTokens(named);
    }

    /**
     * The options of what reads or moves a token. Of several repositories none can be left out: the token would be in memory
     * by accident.
     *
     * @throws IllegalArgumentException with a sentence, if there are several to choose from
     */
    public DataverseChangesConfiguration forTokens(DataverseChangesConfiguration named) {
        DataverseChangesConfiguration whole = withoutTokens(named);
        if (whole.getIdempotentRepository() == null) {
            only(DeltaTokenRepository.class, "idempotentRepository").ifPresent(whole::setIdempotentRepository);
        }
        return whole;
    }

    private DataverseChangesConfiguration withoutTokens(DataverseChangesConfiguration named) {
        DataverseChangesConfiguration whole = named.copy();
        if (SignInOptions.lacksProvider(whole)) {
            onlyOrNone(AccessTokenProvider.class, "accessTokenProvider").ifPresent(whole::setAccessTokenProvider);
        }
        return whole;
    }

    private <T> Optional<T> only(Class<T> type, String option) {
        Set<T> beans = registry.findByType(type);
        if (beans.size() > 1) {
            throw new IllegalArgumentException("The registry has " + beans.size() + " beans of the type "
                    + type.getSimpleName() + "; " + howToName(option));
        }
        return taken(beans, type, option);
    }

    /** Of several, each may be there for an endpoint that names it. */
    private <T> Optional<T> onlyOrNone(Class<T> type, String option) {
        Set<T> beans = registry.findByType(type);
        if (beans.size() > 1) {
            LOG.info(
                    "{}: uses none of the {} beans of the type {} in the registry; {}",
                    endpoint,
                    beans.size(),
                    type.getSimpleName(),
                    howToName(option));
            return Optional.empty();
        }
        return taken(beans, type, option);
    }

    private <T> Optional<T> taken(Set<T> beans, Class<T> type, String option) {
        Optional<T> only = beans.stream().findFirst();
        only.ifPresent(bean -> LOG.info(
                "{}: uses the only {} of the registry, of the class {}, because {} names none",
                endpoint,
                type.getSimpleName(),
                bean.getClass().getSimpleName(),
                option));
        return only;
    }

    private static String howToName(String option) {
        return "name the one to use: " + option + "=#bean:<name>";
    }
}
