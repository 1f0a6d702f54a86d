package io.github.cameldataverse.changes.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an answer, and what stands between and behind the chunks of its body, up to a limit, whoever made the
 * connection. A pool gives its limits to the connections that it makes, and tells nobody which: that of Camel has those of
 * httpcore5, which before 5.4.3 are none, and that of a user has any. So each exchange is held over the pool's socket, but
 * by a connection of ours. Thread-safe.
 */
final class BoundedHead extends HttpRequestExecutor {

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(8192)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();
    private static final int MOST_INTERIM = 100;

    private final ManagedHttpClientConnectionFactory connections = ManagedHttpClientConnectionFactory.builder()
            .http1Config(LIMITS)
            .responseParserFactory(any -> new Heads())
            .build();
    private final Map<HttpClientConnection, ManagedHttpClientConnection> bounded =
            Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection pooled,
            @Nullable HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        return super.execute(request, bounded(pooled), information, context);
    }

    private HttpClientConnection bounded(HttpClientConnection pooled) throws IOException {
        Socket socket = socketOf(pooled);
        ManagedHttpClientConnection known = bounded.get(pooled);
        // A tunnel through a proxy changes its socket, when TLS begins in it.
        if (known != null && socket.equals(known.getSocket())) {
            return known;
        }
        ManagedHttpClientConnection made = connections.createConnection(socket);
        bounded.put(pooled, made);
        return made;
    }

    private static Socket socketOf(HttpClientConnection pooled) throws IOException {
        if (!(pooled instanceof ManagedHttpClientConnection managed)) {
            throw new IOException("the connection manager of the HTTP client makes connections without a socket ("
                    + pooled.getClass().getName() + "), whose answers could not be bounded");
        }
        @Nullable Socket socket = managed.getSocket();
        if (socket == null) {
            throw new ConnectionClosedException();
        }
        return socket;
    }

    /** The heads of one connection: its answers, and the interim ones (100 to 199) before each. */
    private static final class Heads implements HttpMessageParser<ClassicHttpResponse> {

        private final HttpMessageParser<ClassicHttpResponse> parser =
                new DefaultHttpResponseParserFactory(LIMITS).create();
        private int interim;

        @Override
        public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
                throws IOException, HttpException {
            @Nullable ClassicHttpResponse head = parser.parse(buffer, in);
            interim = head != null && head.getCode() < HttpStatus.SC_SUCCESS ? interim + 1 : 0;
            if (interim > MOST_INTERIM) {
                throw new MessageConstraintException("Maximum number of interim answers exceeded");
            }
            return head;
        }
    }
}
