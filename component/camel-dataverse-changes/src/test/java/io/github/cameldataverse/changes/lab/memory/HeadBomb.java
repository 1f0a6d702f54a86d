package io.github.cameldataverse.changes.lab.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Stands before a server. It passes requests on, one a connection, or answers them with a head that never ends, until the
 * other side hangs up. Asked as a proxy it makes a tunnel, or answers that with such a head.
 */
final class HeadBomb implements AutoCloseable {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED =
            OK + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n";
    private static final String TOO_LARGE_HEAD = "The head of the answer is larger than is read";
    private static final String TOO_LARGE_BETWEEN = "what stands between or behind the chunks of the body is larger";

    /** What never ends. */
    enum Shape {
        STATUS_LINE("HTTP/1.1 200 ", "x".repeat(8192), TOO_LARGE_HEAD),
        EMPTY_LINES("", "\r\n".repeat(4096), TOO_LARGE_HEAD),
        HEADER_LINE(OK + "X-Bomb: ", "x".repeat(8192), TOO_LARGE_HEAD),
        HEADERS(OK, "X-Bomb: x\r\n".repeat(800), TOO_LARGE_HEAD),
        FOLDED_HEADER(OK + "X-Bomb: x\r\n", " x\r\n".repeat(2000), TOO_LARGE_HEAD),
        COOKIES(OK, "Set-Cookie: a=b; Path=/; Secure\r\n".repeat(300), TOO_LARGE_HEAD),
        CONTINUE("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(300), TOO_LARGE_HEAD),
        EARLY_HINTS("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(200), TOO_LARGE_HEAD),
        CHUNK_EXTENSION(CHUNKED + "2;x=", "x".repeat(8192), TOO_LARGE_BETWEEN),
        CHUNK_LENGTH(CHUNKED, "0".repeat(8192), TOO_LARGE_BETWEEN),
        TRAILER_LINE(CHUNKED + "0\r\nX-Bomb: ", "x".repeat(8192), TOO_LARGE_BETWEEN),
        TRAILERS(CHUNKED + "0\r\n", "X-Bomb: x\r\n".repeat(800), TOO_LARGE_BETWEEN),
        FOLDED_TRAILER(CHUNKED + "0\r\nX-Bomb: x\r\n", " x\r\n".repeat(2000), TOO_LARGE_BETWEEN),
        BODY(OK + "Content-Type: application/json\r\n\r\n", "x".repeat(8192), "larger than 16777216 bytes");

        private final String begin;
        private final String more;
        private final String sentence;

        Shape(String begin, String more, String sentence) {
            this.begin = begin;
            this.more = more;
            this.sentence = sentence;
        }

        /** What the reader says of it. */
        String sentence() {
            return sentence;
        }

        /** Whether a proxy can answer with it that agrees to a tunnel, which has no body. */
        boolean fitsATunnel() {
            return sentence.equals(TOO_LARGE_HEAD);
        }
    }

    /** A connection to the server behind. */
    interface Behind {
        Socket connect() throws IOException;
    }

    private final ServerSocket socket;
    private final Behind behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hungUp = new AtomicInteger();
    private volatile Behaviour behaviour = this::pass;

    private interface Behaviour {
        void answer(String request, Socket client) throws IOException;
    }

    HeadBomb(ServerSocketFactory sockets, Behind behind) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.behind = behind;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many requests were given up by who had asked. */
    int hungUp() {
        return hungUp.get();
    }

    /** Answers every request with a head that never ends. Tunnels are cut, or they would be used again. */
    void explode(Shape shape) throws IOException {
        behaviour = (request, client) -> pour(shape, client.getOutputStream());
        for (Socket client : open) {
            client.close();
        }
    }

    /** Passes every request on. */
    void defuse() {
        behaviour = this::pass;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                start(() -> answer(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            String request = headOf(client.getInputStream());
            if (!request.isEmpty()) {
                behaviour.answer(request, client);
            }
        } catch (IOException e) {
            // The other side has gone.
        } finally {
            open.remove(client);
        }
    }

    private void pour(Shape shape, OutputStream out) {
        try {
            out.write(bytes(shape.begin));
            byte[] more = bytes(shape.more);
            while (true) {
                out.write(more);
            }
        } catch (IOException e) {
            hungUp.incrementAndGet();
        }
    }

    private void pass(String request, Socket client) throws IOException {
        if (request.startsWith("CONNECT ")) {
            String port = request.substring(request.indexOf(':') + 1, request.indexOf(" HTTP/"));
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                client.getOutputStream().write(bytes(OK + "\r\n"));
                join(client, server);
            }
            return;
        }
        try (Socket server = behind.connect()) {
            // The next request may find another behaviour.
            String once = request.substring(0, request.length() - 2) + "Connection: close\r\n\r\n";
            server.getOutputStream().write(bytes(once.replaceFirst("(?i)\r\nConnection: keep-alive", "")));
            join(client, server);
        }
    }

    private static void join(Socket client, Socket server) throws IOException {
        start(() -> {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException e) {
                // One of the two has gone.
            }
        });
        server.getInputStream().transferTo(client.getOutputStream());
    }

    /** To the empty line, and not a byte more. */
    private static String headOf(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int read;
        while (!endsWithAnEmptyLine(head) && (read = in.read()) >= 0) {
            head.write(read);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean endsWithAnEmptyLine(ByteArrayOutputStream head) {
        return head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "head-bomb");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
