package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of a line at which the client sits. */
public final class ClientConnection {

    private final Socket socket;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean deaf;

    /** @throws IOException if the client has gone already */
    ClientConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    Socket socket() {
        return socket;
    }

    boolean isDeaf() {
        return deaf;
    }

    /** Hears no request from now on, and says nothing of it. */
    void goDeaf() {
        deaf = true;
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        socket.getOutputStream().write(bytes, from, length);
        socket.getOutputStream().flush();
    }

    /** Lets time go by; returns at once when the proxy is closed or has dropped the line. */
    void waits(long millis) throws IOException, InterruptedException {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            throw new IOException("The line was dropped");
        }
    }

    /** Ends the connection with a reset: what is under way is lost. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
