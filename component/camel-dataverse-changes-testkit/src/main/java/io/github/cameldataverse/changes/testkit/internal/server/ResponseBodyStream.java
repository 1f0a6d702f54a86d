package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The body of an answer, as WireMock asks for it. WireMock hands a body on by {@link #transferTo}, and there the answer
 * writes itself, chunk by chunk and without a copy, or breaks off as a fault has it. Whoever reads instead, as WireMock's
 * own log does, finds nothing.
 */
final class ResponseBodyStream extends InputStream {
    private final ServiceResponse answer;

    ResponseBodyStream(ServiceResponse answer) {
        this.answer = answer;
    }

    @Override
    public int read() {
        return -1;
    }

    @Override
    public int read(byte[] into, int from, int count) {
        return -1;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        answer.delivery().send(answer.body(), out);
        return answer.body().length();
    }
}
