package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in this process, between a client and a server on this machine. Requests pass; what becomes of the answers
 * is up to the {@link ConnectionBehaviour} that is set when a connection is made.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int server;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile ConnectionBehaviour line = ConnectionBehaviour.CLEAN;

    /** Listens on a free port and passes on to the port of the server. */
    public TcpProxy(URI server) throws IOException {
        this(server, 0);
    }

    /** Listens on a port of the caller's choice. */
    public TcpProxy(URI server, int port) throws IOException {
        this.server = server.getPort();
        this.door = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        daemon("line-door", this::answerTheDoor);
    }

    /** The address of the server, by way of the proxy. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** What becomes of connections from now on. Those that are open are dropped, so that no client goes on with one. */
    public TcpProxy with(ConnectionBehaviour next) throws IOException {
        line = next;
        drop();
        return this;
    }

    /** Connections made so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that are open. */
    public int open() {
        return open.size();
    }

    /** Closes the connections that are open, as a firewall does with idle ones. */
    public void drop() throws IOException {
        for (ClientConnection client : open) {
            client.close();
        }
    }

    /** Leaves the connections that are open half open: requests on them come to nothing. New ones work. */
    public void goDeaf() {
        open.forEach(ClientConnection::goDeaf);
    }

    private void answerTheDoor() {
        try {
            while (true) {
                Socket client = door.accept();
                connections.incrementAndGet();
                connect(client);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) throws IOException {
        Socket behind = new Socket(InetAddress.getByName("127.0.0.1"), server);
        ClientConnection end = new ClientConnection(client);
        open.add(end);
        daemon("line-requests", () -> passRequests(end, behind));
        daemon("line-answers", () -> passAnswers(behind, end));
    }

    private static void passRequests(ClientConnection client, Socket behind) {
        byte[] bytes = new byte[8192];
        try (behind) {
            int read;
            while ((read = client.socket().getInputStream().read(bytes)) >= 0) {
                if (!client.isDeaf()) {
                    behind.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // One of the two has gone, and so does the line.
        }
    }

    private void passAnswers(Socket behind, ClientConnection client) {
        try (behind) {
            line.carry(behind.getInputStream(), client);
        } catch (IOException | InterruptedException e) {
            // One of the two has gone, and so does the line.
        } finally {
            hangUp(client);
        }
    }

    private void hangUp(ClientConnection client) {
        open.remove(client);
        try {
            client.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        drop();
    }
}
