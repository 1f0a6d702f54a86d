package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.MultipartAnswer;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableQueries.RecordListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks whether records are there, up to a hundred in one request: a {@code $batch} that goes on behind a part that fails, so
 * that each record has an answer of its own. A service that refuses every {@code $batch} is asked for one record after the
 * other from then on. For one thread at a time.
 */
final class RecordLookup {

    /** Far below the thousand that the service takes: a request that fails costs little. */
    private static final int MOST = 100;

    private static final Set<Integer> REFUSED = Set.of(404, 405, 501);

    private final WebApiRequests requests;
    private Way way = Way.IN_GROUPS;

    /** How the service is asked. */
    private enum Way {
        IN_GROUPS,
        ONE_BY_ONE
    }

    RecordLookup(WebApiRequests requests) {
        this.requests = requests;
    }

    /**
     * Asks for each of the records.
     *
     * @param listener told of each answer at once
     * @throws ServiceFault if there is no answer for one of them
     */
    void ask(TableDefinition table, Collection<String> ids, RecordListener listener) throws ServiceFault {
        RecordQuestion question = new RecordQuestion(table, requests.faults(table.logicalName()));
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += MOST) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MOST));
            new Group(question, new LinkedHashSet<>(some), listener).ask();
        }
    }

    /** Records that are asked for together; open are those that have no answer yet, in the order of the questions. */
    private final class Group {

        private final RecordQuestion question;
        private final Set<String> open;
        private final RecordListener listener;

        Group(RecordQuestion question, Set<String> open, RecordListener listener) {
            this.question = question;
            this.open = open;
            this.listener = listener;
        }

        void ask() throws ServiceFault {
            while (!open.isEmpty()) {
                if (way == Way.IN_GROUPS) {
                    Answer unused = requests.batch(this::links, this::heard);
                } else {
                    String id = open.iterator().next();
                    Answer unused = requests.get(requests.apiRoot() + question.link(id), answer -> heard(id, answer));
                }
            }
        }

        /** Asked for anew by each try of the request, so that what is answered stays answered. */
        private List<String> links() {
            return open.stream().map(question::link).toList();
        }

        private void heard(Answer answer) throws ServiceFault {
            if (MultipartAnswer.is(answer)) {
                heardParts(partsOf(answer));
            } else if (REFUSED.contains(answer.status())) {
                LOG.info("The service refuses $batch (HTTP {}): it is asked for one record at a time", answer.status());
                way = Way.ONE_BY_ONE;
            } else {
                question.faults().check(answer);
                throw unusable(answer, ODataError.of(answer).message());
            }
        }

        private List<Answer> partsOf(Answer answer) throws ServiceFault.Transient {
            try {
                List<Answer> parts = MultipartAnswer.parts(answer, open.size());
                if (parts.isEmpty()) {
                    throw unusable(answer, "it has no part");
                }
                return parts;
            } catch (IOException e) {
                throw unusable(answer, String.valueOf(e.getMessage()));
            }
        }

        /** They come in the order of the questions. A service that stops at a failure sends fewer of them. */
        private void heardParts(List<Answer> parts) throws ServiceFault {
            List<String> asked = List.copyOf(open);
            List<ServiceFault> faults = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                try {
                    heard(asked.get(i), parts.get(i));
                } catch (ServiceFault fault) {
                    faults.add(fault);
                }
            }
            if (!faults.isEmpty()) {
                throw mostUrgent(faults);
            }
        }

        private void heard(String id, Answer answer) throws ServiceFault {
            listener.answered(id, question.read(id, answer));
            open.remove(id);
        }

        private ServiceFault.Transient unusable(Answer answer, String why) {
            return new ServiceFault.Transient(
                    "The service answered a $batch of " + open.size() + " questions in a way that cannot be used: "
                            + why,
                    answer.status(),
                    null);
        }
    }

    /** A wait goes before all else, because it holds for all requests; what passes by itself comes last. */
    private static ServiceFault mostUrgent(List<ServiceFault> faults) {
        Comparator<ServiceFault> byUrgency = Comparator.comparingInt(
                fault -> fault instanceof ServiceFault.Throttled ? 0 : fault instanceof ServiceFault.Transient ? 2 : 1);
        return faults.stream().min(byUrgency).orElseThrow();
    }
}
