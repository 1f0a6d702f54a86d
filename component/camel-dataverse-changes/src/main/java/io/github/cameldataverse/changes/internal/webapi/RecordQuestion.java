package io.github.cameldataverse.changes.internal.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.AnswerJson;
import io.github.cameldataverse.changes.internal.source.RecordId;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Whether one record is there: the question, and what an answer to it says. A record is deleted at the sinks on the word of
 * such an answer, so one that names another record, or that is not the service's own, says nothing.
 *
 * @param faults of a request for the table
 */
record RecordQuestion(TableDefinition table, ODataFaults faults) {

    /** Relative to the root of the Web API. */
    String link(String id) {
        String guid = RecordId.of(id).orElseThrow(() -> new IllegalArgumentException("Not the id of a record"));
        return table.entitySet() + "(" + guid + ")?$select=" + table.primaryId();
    }

    /** @throws ServiceFault if the answer does not tell, by what has to be done about it */
    RecordState read(String id, Answer answer) throws ServiceFault {
        if (isAbsence(answer)) {
            requireThat(namesNoOther(id, answer), answer);
            return RecordState.GONE;
        }
        faults.check(answer);
        requireThat(isRecord(id, answer), answer);
        return RecordState.LIVES;
    }

    private static boolean isAbsence(Answer answer) {
        return answer.status() == 404 && ODataError.of(answer).code().equals(ServiceError.OBJECT_DOES_NOT_EXIST);
    }

    /** A user for whom the application acts and whom the service does not know is absent by the same code. */
    private static boolean namesNoOther(String id, Answer answer) {
        Set<String> named = RecordId.allIn(ODataError.of(answer).message());
        return named.isEmpty() || named.contains(id.toLowerCase(Locale.ROOT));
    }

    private boolean isRecord(String id, Answer answer) {
        try {
            JsonNode record = AnswerJson.whole(answer.body());
            return record.path(table.primaryId()).asText("").equalsIgnoreCase(id);
        } catch (IOException e) {
            return false;
        }
    }

    private void requireThat(boolean isMeant, Answer answer) throws ServiceFault.Transient {
        if (!isMeant) {
            throw new ServiceFault.Transient(
                    "The service was asked for a record of the table " + table.logicalName()
                            + " and answered with something else (HTTP " + answer.status() + "): "
                            + ODataError.of(answer).text(),
                    answer.status(),
                    null);
        }
    }
}
