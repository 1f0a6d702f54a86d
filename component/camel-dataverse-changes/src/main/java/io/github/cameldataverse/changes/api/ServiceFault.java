package io.github.cameldataverse.changes.api;

import java.time.Instant;
import org.apache.camel.spi.HttpResponseAware;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong at the service, by what has to be done about it. The message is one sentence for a person; it holds
 * codes and names, never a credential and never the content of a row.
 */
public abstract sealed class ServiceFault extends Exception implements HttpResponseAware {

    private static final long serialVersionUID = 1L;

    private int status;
    private @Nullable String reasonPhrase;
    private String errorCode = "";
    private String requestId = "";

    private ServiceFault(String sentence, int status, @Nullable Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    /** The sentence, and the request id if the service named one. */
    @Override
    public String getMessage() {
        return requestId.isEmpty() ? sentence() : sentence() + " (request id " + requestId + ")";
    }

    /** The sentence alone, which is the same for the same fault. */
    public String sentence() {
        return String.valueOf(super.getMessage());
    }

    /**
     * The id by which the service's support finds the request: the header {@code x-ms-service-request-id} or {@code REQ_ID} of
     * the answer, or the activity id of a SOAP fault; empty if there was none.
     */
    public String getRequestId() {
        return requestId;
    }

    /** Notes the request id, if there is one; for what reads the answer. Gives this fault back. */
    public ServiceFault withRequestId(String id) {
        if (!id.isEmpty()) {
            requestId = id;
        }
        return this;
    }

    /** HTTP status that refused the request; 0 if none did: no answer came, or a good one that is of no use. */
    @Override
    public int getHttpResponseCode() {
        return status;
    }

    /**
     * The code of the service's own error, such as {@code 0x80044352}, whichever API wrote it; empty if the answer was not
     * recognisably the service's, or there was none.
     */
    public String getErrorCode() {
        return errorCode;
    }

    /** Notes the code of the error; for what reads the answer. Gives this fault back. */
    public ServiceFault withErrorCode(String code) {
        errorCode = code;
        return this;
    }

    @Override
    public void setHttpResponseCode(int responseCode) {
        status = responseCode;
    }

    @Override
    public @Nullable String getHttpResponseStatus() {
        return reasonPhrase;
    }

    @Override
    public void setHttpResponseStatus(@Nullable String responseStatus) {
        reasonPhrase = responseStatus;
    }

    /** The service protection limits are reached: nothing may be asked before a moment. No error of the route. */
    public static final class Throttled extends ServiceFault {

        private static final long serialVersionUID = 1L;

        private final Instant until;

        public Throttled(String sentence, int status, Instant until) {
            super(sentence, status, null);
            this.until = until;
        }

        /** When the next request may be made. */
        public Instant until() {
            return until;
        }
    }

    /** No token could be had, or the service refused a fresh one. */
    public static final class Unauthorized extends ServiceFault {

        private static final long serialVersionUID = 1L;

        public Unauthorized(String sentence, int status, @Nullable Throwable cause) {
            super(sentence, status, cause);
        }
    }

    /** The caller lacks a privilege. */
    public static final class Forbidden extends ServiceFault {

        private static final long serialVersionUID = 1L;

        public Forbidden(String sentence, int status) {
            super(sentence, status, null);
        }
    }

    /** The service no longer knows the delta token: only a full load can follow. */
    public static final class TokenExpired extends ServiceFault {

        private static final long serialVersionUID = 1L;

        public TokenExpired(String sentence, int status) {
            super(sentence, status, null);
        }
    }

    /** Expected to go away by itself: a network failure, a gateway, an answer cut short. */
    public static final class Transient extends ServiceFault {

        private static final long serialVersionUID = 1L;

        public Transient(String sentence, int status, @Nullable Throwable cause) {
            super(sentence, status, cause);
        }
    }

    /** Stays until something is changed: an unknown table, a foreign link, a wrong certificate. */
    public static sealed class Permanent extends ServiceFault {

        private static final long serialVersionUID = 1L;

        public Permanent(String sentence, int status) {
            super(sentence, status, null);
        }

        public Permanent(String sentence, Throwable cause) {
            super(sentence, 0, cause);
        }
    }

    /** An answer is larger than the option {@code maxPageBytes} allows. */
    public static final class TooLarge extends Permanent {

        private static final long serialVersionUID = 1L;

        public TooLarge(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
