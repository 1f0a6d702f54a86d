package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses a response for a client that accepts gzip. A fault that cuts a body cuts the compressed one. */
public final class GzipEncoding {
    private static final long MIN_LENGTH = 1024;

    private GzipEncoding() {}

    /** The response as it is sent: compressed if the client accepts that and it is worth it. */
    public static ServiceResponse encode(ServiceRequest request, ServiceResponse response) {
        boolean accepted = request.header("Accept-Encoding").orElse("").contains("gzip");
        boolean longEnough = response.body().length() >= MIN_LENGTH
                && response.header("Content-Encoding").isEmpty();
        return accepted && longEnough
                ? response.body(gzip(response.body())).header("Content-Encoding", "gzip")
                : response;
    }

    private static ResponseBody gzip(ResponseBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) body.length() / 4);
        try (OutputStream gzip = new FastGzip(bytes)) {
            body.writeTo(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ResponseBody.of(bytes.toByteArray());
    }

    /** Compresses least: for tests the time of a page matters, not its size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
