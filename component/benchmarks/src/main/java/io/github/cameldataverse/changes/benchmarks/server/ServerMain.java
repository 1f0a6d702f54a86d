package io.github.cameldataverse.changes.benchmarks.server;

import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of the page server. Each line that it is given is a {@link Workload}, and is answered by the origin at which that is
 * served from now on, instead of the one before. Ends with its input.
 */
public final class ServerMain {

    private ServerMain() {}

    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PageServer server = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (server != null) {
                server.close();
            }
            server = new PageServer(Workload.of(line));
            System.out.println(server.origin());
        }
        System.exit(0);
    }
}
