package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses an answer for a client that takes gzip. Faults that cut a body cut what comes out of here. */
final class GzipEncoding {
    private static final long WORTHWHILE = 1024;

    private GzipEncoding() {}

    static ServiceResponse applied(ServiceRequest question, ServiceResponse answer) {
        boolean wanted = question.header("Accept-Encoding").orElse("").contains("gzip");
        boolean worthwhile = answer.body().length() >= WORTHWHILE
                && answer.header("Content-Encoding").isEmpty();
        return wanted && worthwhile ? answer.body(gzip(answer.body())).header("Content-Encoding", "gzip") : answer;
    }

    private static ResponseBody gzip(ResponseBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) body.length() / 4);
        try (OutputStream gzip = new Fast(bytes)) {
            body.writeTo(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ResponseBody.of(bytes.toByteArray());
    }

    /** Least effort: what matters here is the time a page takes. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
