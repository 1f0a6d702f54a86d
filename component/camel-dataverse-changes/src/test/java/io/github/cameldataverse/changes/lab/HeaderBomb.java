package io.github.cameldataverse.changes.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Answers every request with headers that never end, until the other side hangs up. */
final class HeaderBomb implements AutoCloseable {

    /** What never ends. */
    enum Shape {
        ONE_LINE("X-Bomb: ", "x".repeat(8192)),
        MANY_LINES("", "X-Bomb: x\r\n".repeat(800));

        private final String begin;
        private final String more;

        Shape(String begin, String more) {
            this.begin = begin;
            this.more = more;
        }
    }

    private final ServerSocket socket;
    private final Shape shape;
    private final AtomicInteger hungUp = new AtomicInteger();

    HeaderBomb(ServerSocketFactory sockets, Shape shape) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.shape = shape;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many requests were given up by who had asked. */
    int hungUp() {
        return hungUp.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                start(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            skipRequest(connection);
            pour(connection.getOutputStream());
        } catch (IOException e) {
            hungUp.incrementAndGet();
        }
    }

    private void pour(OutputStream out) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + shape.begin).getBytes(StandardCharsets.ISO_8859_1));
        byte[] more = shape.more.getBytes(StandardCharsets.ISO_8859_1);
        while (true) {
            out.write(more);
        }
    }

    private static void skipRequest(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "header-bomb");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
