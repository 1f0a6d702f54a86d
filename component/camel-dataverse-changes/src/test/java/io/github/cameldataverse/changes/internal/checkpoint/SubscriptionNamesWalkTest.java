package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random walks of organizations that are renamed and swap addresses, tell no id at times, with processes that die before a write
 * and records that are damaged. A reader goes on from its own link, or stops and says so, and a resync is a way out.
 */
class SubscriptionNamesWalkTest {

    private static final int WALKS = 1500;
    private static final int ATTEMPTS = 3;
    private static final List<String> IDS =
            List.of("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "9b2e7c10-1111-4222-8333-44445555aaaa");
    private static final Set<String> WRITES = Set.of("advance", "takeOver", "replace");
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");

    /** What a walk has. */
    enum Walk {
        TWO_ORGANIZATIONS(2, false),
        ONE_ORGANIZATION_AND_EVERYTHING_ELSE(1, true);

        private final int organizations;
        private final boolean disturbed;

        Walk(int organizations, boolean disturbed) {
            this.organizations = organizations;
            this.disturbed = disturbed;
        }
    }

    private static final class Death extends Error {

        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"L10", "L11", "L12"})
    void noWalkEndsInASilentFirstLoadOrWithoutAWayOut(Walk walk) {
        for (int seed = 0; seed < WALKS; seed++) {
            Walker walker = new Walker(walk, new Random(seed));
            for (int step = 0; step < seed % 9 + 2; step++) {
                walker.step();
            }
            assertThat(walker.wrong).as("seed %s: %s", seed, walker.trace).isEmpty();
        }
    }

    /** One walk over one repository. */
    private static final class Walker {

        private final Walk walk;
        private final Random random;
        private final DeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        private final DeltaTokenRepository repository =
                InterceptingProxy.before(DeltaTokenRepository.class, memory, this::call);
        private final ServiceClock clock =
                new ServiceClock("https://a", SimulatedTime.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        /** Where each organization is; the last one is free. */
        private final List<String> addresses = new ArrayList<>(List.of("https://a", "https://b", "https://c"));

        private final Set<String> known = new HashSet<>();
        private final Set<SubscriptionId> names = new LinkedHashSet<>();
        private final Set<SubscriptionId> damaged = new HashSet<>();
        private final List<String> trace = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private int writesLeft;

        private Walker(Walk walk, Random random) {
            this.walk = walk;
            this.random = random;
        }

        private void call(String method, Object... arguments) {
            if (WRITES.contains(method) && writesLeft-- == 0) {
                throw new Death();
            }
            if (arguments.length > 0 && arguments[0] instanceof SubscriptionId name && !method.equals("knownIds")) {
                names.add(name);
                if (method.equals("replace")) {
                    damaged.remove(name);
                } else if (damaged.contains(name)) {
                    throw new TokenUnreadableException("The stored token of " + name + " is damaged");
                }
            }
        }

        private void step() {
            int organization = random.nextInt(walk.organizations);
            Optional<String> told =
                    walk.disturbed && random.nextInt(4) == 0 ? Optional.empty() : Optional.of(IDS.get(organization));
            writesLeft = walk.disturbed && random.nextInt(3) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
            if (walk.disturbed && random.nextInt(5) == 0) {
                damage();
            }
            switch (random.nextInt(3)) {
                case 0 -> move(organization);
                case 1 -> read(organization, told);
                default -> reload(organization, told);
            }
        }

        private void damage() {
            List<SubscriptionId> kept =
                    names.stream().filter(name -> memory.load(name).isPresent()).toList();
            if (!kept.isEmpty()) {
                SubscriptionId name = kept.get(random.nextInt(kept.size()));
                trace.add("damage of " + name);
                damaged.add(name);
            }
        }

        private void move(int organization) {
            Collections.swap(addresses, organization, random.nextInt(addresses.size()));
            trace.add("organizations are at " + addresses);
        }

        private void read(int organization, Optional<String> told) {
            trace.add("reads " + organization + " at " + addresses.get(organization) + " telling " + told);
            try {
                goOn(organization, told);
            } catch (Death e) {
                trace.add("dies");
            } catch (TokenUnusableException | TokenUnreadableException e) {
                trace.add(e.getMessage());
                if (random.nextBoolean()) {
                    takeTheWayOut(organization, told);
                }
            } catch (TokenConflictException e) {
                wrong.add("comes to nothing: " + e.getMessage());
            }
        }

        private void goOn(int organization, Optional<String> told) throws TokenUnusableException {
            String address = addresses.get(organization);
            Checkpoint here = load(organization, told);
            trace.add(here.toString());
            if (here.phase() == Phase.INITIAL && here.revision() == here.round() && isKnown(address, told)) {
                wrong.add("a first load though it is known");
            }
            String own = address + "/" + organization;
            if (here.roundLink() != null && !here.roundLink().equals(own)) {
                wrong.add("goes on from " + here.roundLink() + " at " + own);
            }
            known.add(address);
            told.ifPresent(known::add);
            CheckpointKeeper keeper = keeper(organization, told);
            Checkpoint at = keeper.load().checkpoint();
            keeper.move(new PageMove(at, at.nextRound(own, NOW), Set.of(), Map.of()));
        }

        private boolean isKnown(String address, Optional<String> told) {
            return known.contains(address) || told.filter(known::contains).isPresent();
        }

        /** As a reader polls. */
        private Checkpoint load(int organization, Optional<String> told) throws TokenUnusableException {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    return keeper(organization, told).load().checkpoint();
                } catch (TokenConflictException e) {
                    trace.add(e.getMessage());
                }
            }
            return keeper(organization, told).load().checkpoint();
        }

        private void takeTheWayOut(int organization, Optional<String> told) {
            trace.add("resync, as it says");
            writesLeft = Integer.MAX_VALUE;
            try {
                new ResyncRequest(keeper(organization, told), "account").ask();
                if (load(organization, told).phase() != Phase.RESYNC) {
                    wrong.add("a resync is none");
                }
            } catch (TokenUnusableException | RuntimeException e) {
                wrong.add("no way out: " + e.getMessage());
            }
        }

        private void reload(int organization, Optional<String> told) {
            trace.add("resync of " + organization + " at " + addresses.get(organization) + " telling " + told);
            try {
                new ResyncRequest(keeper(organization, told), "account").ask();
            } catch (Death e) {
                trace.add("dies");
            } catch (TokenUnusableException | RuntimeException e) {
                wrong.add("a resync fails: " + e.getMessage());
            }
        }

        private CheckpointKeeper keeper(int organization, Optional<String> told) {
            SubscriptionId at = new SubscriptionId(addresses.get(organization), "account", "default");
            SubscriptionNames kept = new SubscriptionNames(repository, at, told, clock);
            return Keepers.of(repository, kept, "f", clock);
        }
    }
}
