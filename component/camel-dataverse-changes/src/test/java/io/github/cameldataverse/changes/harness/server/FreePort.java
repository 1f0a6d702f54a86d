package io.github.cameldataverse.changes.harness.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that has to be told one. It lies below those that a system gives when any port is asked for: one of
 * these might belong to a connection of another test before the server has it, or while the server is down for a moment.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int BEHIND = 30_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    /** A port of the loopback address that was free a moment ago. */
    public static int choose() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST, BEHIND)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free port on 127.0.0.1"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
