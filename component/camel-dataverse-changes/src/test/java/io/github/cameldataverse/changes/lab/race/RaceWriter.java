package io.github.cameldataverse.changes.lab.race;

import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes to the accounts while they are read, before an answer is made and behind it: updates, deletes of many, restores.
 * So rows change their place while a round is read page by page. Some answers are a gateway's. Asked as a fault by the simulator.
 */
final class RaceWriter implements Fault {

    private static final int FIRST_ROWS = 9;
    private static final int FEWEST_ROWS = 4;
    private static final int MOST_ROWS = 30;
    private static final int STRANGERS_ONE_IN = 16;
    private static final List<Integer> STATUSES_OF_STRANGERS = List.of(200, 302, 404, 410, 413, 502, 503, 511);
    private static final Pattern ROW = Pattern.compile(
            "W/\\\\?\"(\\d+)\\\\?\"\"[^}]*?([0-9a-f-]{36})|\\{[^{}]*?\"id\":\"([0-9a-f-]{36})\"[^{}]*?\\}");

    private final SimulatedTable accounts;
    private final SplittableRandom random;
    private final boolean disturbs;
    private final RaceTrace trace;
    private final RaceJitter jitter;
    private final List<String> deleted = new ArrayList<>();
    private int requestsLeft;

    RaceWriter(DataverseSimulator simulator, RaceOptions options, RaceTrace trace) {
        this.accounts = simulator.table("account");
        this.random = new SplittableRandom(options.seed() + 1);
        this.disturbs = options.disturbed();
        this.trace = trace;
        this.jitter = new RaceJitter(options.seed());
        for (int i = 0; i < FIRST_ROWS; i++) {
            create();
        }
        simulator.faults().whereRequest(RequestKind::forRows).always(this);
    }

    /** Writes at so many of the next requests. */
    synchronized void work(int requests) {
        requestsLeft = requests;
    }

    synchronized int requestsLeft() {
        return requestsLeft;
    }

    @Override
    public ServiceResponse inject(ServiceRequest question, Supplier<ServiceResponse> proper) {
        jitter.pause();
        write();
        ServiceResponse answer = isAStrangers() ? stranger() : proper.get();
        String who = question.header("Authorization").orElse("").replace("Bearer ", "");
        trace.add(
                who,
                told(question) + " -> " + answer.status() + " "
                        + rows(answer.body().text()));
        write();
        jitter.pause();
        return answer;
    }

    private synchronized boolean isAStrangers() {
        return disturbs && requestsLeft > 0 && random.nextInt(STRANGERS_ONE_IN) == 0;
    }

    private synchronized ServiceResponse stranger() {
        int status = STATUSES_OF_STRANGERS.get(random.nextInt(STATUSES_OF_STRANGERS.size()));
        return ServiceResponse.text(status, "text/html", "<!DOCTYPE html><title>Please sign in</title>");
    }

    private static String told(ServiceRequest question) {
        if (RequestKind.forANextPage(question)) {
            return "asks for a next page";
        }
        return RequestKind.forTheStartOfARound(question) ? "asks for a round" : "asks for " + question.path();
    }

    private static String rows(String body) {
        return ROW.matcher(body).results().map(RaceWriter::row).collect(Collectors.joining(" "));
    }

    private static String row(MatchResult found) {
        return found.group(1) == null
                ? RaceTrace.brief(found.group(3)) + "!"
                : RaceTrace.brief(found.group(2)) + "@" + found.group(1);
    }

    private synchronized void write() {
        if (requestsLeft > 0) {
            requestsLeft--;
            for (int i = random.nextInt(3); i > 0; i--) {
                writeOnce();
            }
        }
    }

    private void writeOnce() {
        if (accounts.size() < FEWEST_ROWS) {
            create();
            restoreMany();
        } else if (accounts.size() > MOST_ROWS) {
            deleteMany();
        } else {
            writeAny(random.nextInt(16));
        }
    }

    private void writeAny(int what) {
        if (what < 2) {
            create();
        } else if (what < 5) {
            update(any());
        } else if (what < 8) {
            delete(any());
        } else if (what < 11) {
            restore();
        } else if (what < 13) {
            goAndReturn(any());
        } else if (what < 15) {
            deleteMany();
        } else {
            restoreMany();
        }
    }

    private String any() {
        List<String> ids = accounts.ids();
        return ids.get(random.nextInt(ids.size()));
    }

    private void create() {
        String id = accounts.create(Map.of("name", "a"));
        trace.add("writer", "creates " + named(id));
    }

    private void update(String id) {
        accounts.update(id, Map.of("name", "b" + random.nextInt(1000)));
        trace.add("writer", "updates " + named(id));
    }

    private void delete(String id) {
        accounts.delete(id);
        deleted.add(id);
        trace.add("writer", "deletes " + RaceTrace.brief(id));
    }

    private void restore() {
        if (!deleted.isEmpty()) {
            restore(deleted.remove(random.nextInt(deleted.size())));
        }
    }

    private void restore(String id) {
        accounts.restore(id);
        trace.add("writer", "restores " + named(id));
    }

    private void goAndReturn(String id) {
        delete(id);
        deleted.remove(id);
        restore(id);
        if (random.nextBoolean()) {
            update(id);
        }
    }

    private void deleteMany() {
        accounts.ids().stream().filter(id -> random.nextInt(3) > 0).toList().forEach(this::delete);
    }

    private void restoreMany() {
        for (int i = deleted.size() / 2; i > 0; i--) {
            restore();
        }
    }

    private String named(String id) {
        return RaceTrace.brief(id) + "@" + accounts.version(id);
    }
}
