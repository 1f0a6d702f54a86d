package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.orgservice.xml.Envelope;
import io.github.cameldataverse.changes.internal.orgservice.xml.KeyValuePairs;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.orgservice.xml.XmlCursor;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the faults of the Organization Service. They are told apart by the same table as those of the Web API. */
record SoapFaults(FaultTable table) implements FaultReader {

    private static final int LONGEST_TEXT = 1024 * 1024;

    @Override
    public void check(Answer answer) throws ServiceFault {
        if (!answer.isSuccess()) {
            throw fault(answer);
        }
    }

    /** The fault of an answer that carries one, whatever its status. */
    ServiceFault fault(Answer answer) {
        SoapFault fault = read(answer);
        return table.fault(answer, fault.error(), fault.retryAfter()).withRequestId(fault.activityId());
    }

    private static SoapFault read(Answer answer) {
        try {
            return new Reading(XmlCursor.of(answer.body(), LONGEST_TEXT)).fault(answer);
        } catch (MalformedPageException | ServiceFault e) {
            return new SoapFault(ServiceError.foreign(answer), Optional.empty(), "");
        }
    }

    /**
     * The fault that an answer carries.
     *
     * @param error its code and its message
     * @param retryAfter how long to wait, if it says so: a duration among its details, where the Web API has a header
     * @param activityId by which the service's support finds it; empty if it has none
     */
    private record SoapFault(ServiceError error, Optional<String> retryAfter, String activityId) {}

    /** One pass over one answer. */
    private static final class Reading {

        private final XmlCursor xml;
        private final Envelope envelope;
        private boolean found;
        private String code = "";
        private String message = "";
        private @Nullable String retryAfter;
        private @Nullable String activityId;

        Reading(XmlCursor xml) {
            this.xml = xml;
            this.envelope = new Envelope(xml);
        }

        SoapFault fault(Answer answer) throws MalformedPageException, ServiceFault {
            envelope.read(() -> {
                if (envelope.isFault()) {
                    found = true;
                    xml.children(this::member);
                }
            });
            ServiceError error = found ? ServiceError.of(answer, code, message) : ServiceError.foreign(answer);
            return new SoapFault(
                    error, Optional.ofNullable(retryAfter), Answer.requestId(Optional.ofNullable(activityId)));
        }

        private void member() throws MalformedPageException, ServiceFault {
            if (xml.is("", "faultstring")) {
                message = xml.text();
            } else if (xml.is("", "detail")) {
                envelope.inside(Namespaces.CONTRACTS, "OrganizationServiceFault", this::detail);
            }
        }

        private void detail() throws MalformedPageException, ServiceFault {
            switch (xml.nameIn(Namespaces.CONTRACTS)) {
                case "ActivityId" -> activityId = xml.textOrNull();
                case "ErrorCode" -> code = xml.text().strip();
                case "Message" -> message = xml.text();
                case "ErrorDetails" ->
                    new KeyValuePairs(xml).each(key -> {
                        if (key.equalsIgnoreCase("Retry-After")) {
                            retryAfter = xml.textOrNull();
                        }
                    });
                default -> {
                    // Traces and inner faults, which are for the service's support.
                }
            }
        }
    }
}
