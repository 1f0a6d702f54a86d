package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import org.slf4j.Logger;

/**
 * How many rows a page is asked for: half as many, when one was larger than {@code maxPageBytes}, from then on. The pages of a
 * round may differ in size, because the cookie of a page says where the next one begins. For one thread at a time.
 */
public final class PageSize {

    private static final Logger LOG = ReaderLog.LOG;

    /** In a row: who sends without an end is not asked again and again. The next poll goes on from there. */
    private static final int MOST_HALVINGS = 3;

    private TrackingQuery query;

    /** @param query with the number of rows that is asked for first */
    public PageSize(TrackingQuery query) {
        this.query = query;
    }

    /** Asks for a page. */
    @FunctionalInterface
    public interface Question {
        Answer ask(TrackingQuery query) throws ServiceFault;
    }

    /**
     * The answer to the question, which is asked for fewer rows as long as it is too large.
     *
     * @throws ServiceFault.TooLarge if it still is
     */
    public Answer answer(TableDefinition table, Question question) throws ServiceFault {
        for (int halvings = 0; ; halvings++) {
            try {
                return question.ask(query);
            } catch (ServiceFault.TooLarge e) {
                boolean last = halvings == MOST_HALVINGS || query.maxPageSize() == 1;
                halve();
                if (last) {
                    throw e;
                }
                LOG.warn(
                        "A page of the table {} is too large, so pages of {} rows are asked for from now on: {}",
                        table.logicalName(),
                        query.maxPageSize(),
                        e.sentence());
            }
        }
    }

    private void halve() {
        query = query.withPageSize(Math.max(1, query.maxPageSize() / 2));
    }
}
