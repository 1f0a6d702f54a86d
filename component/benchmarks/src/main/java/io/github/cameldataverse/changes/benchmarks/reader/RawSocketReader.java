package io.github.cameldataverse.changes.benchmarks.reader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Takes the bytes off the network and drops them: nothing that reads can be faster. Where it is not faster than all others, the
 * page server is what was measured.
 */
final class RawSocketReader implements Reader {

    private final byte[] buffer = new byte[1 << 16];
    private final Site site;

    RawSocketReader(Site site) {
        this.site = site;
    }

    @Override
    public Reading read() throws IOException {
        try (Socket socket = new Socket(site.origin().getHost(), site.origin().getPort());
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (int page = 1; page <= site.pages(); page++) {
                ask(socket, page);
                drop(in, contentLength(in));
            }
        }
        return new Reading(site.rows(), true);
    }

    private void ask(Socket socket, int page) throws IOException {
        String target = site.link(page).substring(site.origin().toString().length());
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: " + site.origin().getAuthority() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static long contentLength(InputStream in) throws IOException {
        long length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).trim());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The page server has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private void drop(InputStream in, long length) throws IOException {
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new IOException("The page ends " + left + " bytes too early");
            }
            left -= read;
        }
    }
}
