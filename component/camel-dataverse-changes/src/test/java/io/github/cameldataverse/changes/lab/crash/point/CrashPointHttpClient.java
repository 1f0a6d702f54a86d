package io.github.cameldataverse.changes.lab.crash.point;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The user's own configurer of Camel's HTTP client: points around each request, and inside the body of its answer. */
public final class CrashPointHttpClient implements HttpClientConfigurer {

    private final CrashPoints points;

    public CrashPointHttpClient(CrashPoints points) {
        this.points = points;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("points", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        points.reached("before the request");
        ClassicHttpResponse response = chain.proceed(request, scope);
        points.reached("after the headers of the answer");
        if (response.getEntity() != null) {
            response.setEntity(new PointedBody(response.getEntity()));
        }
        return response;
    }

    private final class PointedBody extends HttpEntityWrapper {

        PointedBody(HttpEntity real) {
            super(real);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    int read = super.read(into, from, length);
                    points.reached(read < 0 ? "at the end of the body" : "inside the body");
                    return read;
                }
            };
        }
    }
}
