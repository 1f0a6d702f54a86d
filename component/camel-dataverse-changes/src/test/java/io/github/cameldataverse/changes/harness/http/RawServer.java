package io.github.cameldataverse.changes.harness.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A socket that answers every request with bytes of the test's making, and closes the line when the script is done. */
public final class RawServer implements AutoCloseable {

    /** Answers one request; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Script {
        void answer(int request, OutputStream out) throws Exception;
    }

    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requestLines = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Script script;

    public RawServer(Script script) throws IOException {
        this.script = script;
        Thread acceptor = new Thread(this::accept, "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public URI origin() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    /** Request lines as they came over the line. */
    public List<String> requestLines() {
        return requestLines;
    }

    /** Header lines of all requests. */
    public List<String> headers() {
        return headers;
    }

    /** Open once a request has come. */
    public CountDownLatch asked() {
        return asked;
    }

    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> serve(connection), "raw-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = requestOf(in);
            if (first != null) {
                requestLines.add(first);
                asked.countDown();
                script.answer(requestLines.size(), connection.getOutputStream());
            }
        } catch (Exception e) {
            // The other side went away, which is what some of the tests are about.
            asked.countDown();
        }
    }

    /** The first line of a request, or a word for a TLS handshake, which is answered before it is whole. */
    private String requestOf(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() == TLS_HANDSHAKE) {
            return "TLS";
        }
        in.reset();
        String first = in.readLine();
        String line = first;
        int length = 0;
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
            if (line != null && !line.isEmpty()) {
                headers.add(line);
                length = line.toLowerCase(Locale.ROOT).startsWith("content-length:")
                        ? Integer.parseInt(line.substring(15).strip())
                        : length;
            }
        }
        in.skip(length); // a socket that is closed before all is read resets the line, and the answer may get lost
        return first;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
