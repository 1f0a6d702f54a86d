package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import java.util.Arrays;

/** The number of changes behind a delta link (spec: "Retrieve count of the changes made in tables"). */
final class DeltaCount {

    private DeltaCount() {}

    /** {@code accounts?$select=…&$deltatoken=T} becomes {@code accounts/$count?$deltatoken=T}; the token stays as it is. */
    static String link(String deltaLink) throws ServiceFault.Permanent {
        int query = deltaLink.indexOf('?');
        String token = query < 0
                ? ""
                : Arrays.stream(deltaLink.substring(query + 1).split("&"))
                        .filter(option -> option.startsWith("$deltatoken=") || option.startsWith("%24deltatoken="))
                        .findFirst()
                        .orElse("");
        if (token.isEmpty()) {
            throw new ServiceFault.Permanent("The stored delta link has no $deltatoken to count with", 0);
        }
        return deltaLink.substring(0, query) + "/$count?" + token;
    }

    static long read(Answer answer) throws ServiceFault.Transient {
        String text = answer.body().textAfterByteOrderMark().strip();
        if (!text.matches("\\d{1,18}")) {
            throw new ServiceFault.Transient(
                    "The service answered $count with something other than a number", answer.status(), null);
        }
        return Long.parseLong(text);
    }
}
