package io.github.cameldataverse.changes.internal.http.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer of the type {@code multipart/mixed} apart into the answers that are its parts (RFC 2046, section 5.1; OData
 * 4.0, part 1, section 11.7.4). It counts only if it is whole: its last boundary is there, and every part is an answer. Lines
 * end with CRLF or with LF alone.
 */
public final class MultipartAnswer {

    private static final int LONGEST_BOUNDARY = 70;
    /** It is held three times, and what it is asked for here, a hundred ids or errors, is far less. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final int BUFFER = 1024;
    private static final Http1Config HEAD =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8192).build();

    private final Answer whole;
    private final String text;
    private final String delimiter;

    private MultipartAnswer(Answer whole, String boundary) {
        this.whole = whole;
        // One character for each byte, so that offsets are the same in both.
        this.text = new String(whole.body().bytes(), 0, whole.body().length(), StandardCharsets.ISO_8859_1);
        this.delimiter = "--" + boundary;
    }

    /** Whether an answer says of itself that it has parts. */
    public static boolean is(Answer answer) {
        return typeOf(answer)
                .filter(type -> type.getMimeType().equalsIgnoreCase("multipart/mixed"))
                .isPresent();
    }

    /**
     * The parts in their order.
     *
     * @param most how many there may be
     * @throws IOException with a sentence, if the answer is not whole or has more parts
     */
    public static List<Answer> parts(Answer answer, int most) throws IOException {
        if (answer.body().length() > LARGEST) {
            throw new IOException("it has more than " + LARGEST + " bytes");
        }
        String boundary = typeOf(answer)
                .map(type -> type.getParameter("boundary"))
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_BOUNDARY)
                .orElseThrow(() -> new IOException("it names no boundary between its parts"));
        return new MultipartAnswer(answer, boundary).parts(most);
    }

    private static Optional<ContentType> typeOf(Answer answer) {
        return answer.header("content-type").map(ContentType::parseLenient);
    }

    private List<Answer> parts(int most) throws IOException {
        List<Answer> parts = new ArrayList<>();
        Line line = delimiterFrom(0);
        while (!line.isLast()) {
            Line next = delimiterFrom(line.end());
            if (parts.size() == most) {
                throw new IOException("it has more than " + most + " parts");
            }
            parts.add(part(parts.size() + 1, line.end(), beforeLineBreak(line.end(), next.start())));
            line = next;
        }
        return parts;
    }

    /**
     * A line that ends a part, or all of them.
     *
     * @param start where it begins
     * @param end where the next line begins
     */
    private record Line(int start, int end, Kind kind) {

        private enum Kind {
            BETWEEN_PARTS,
            BEHIND_THE_LAST_PART
        }

        boolean isLast() {
            return kind == Kind.BEHIND_THE_LAST_PART;
        }
    }

    private Line delimiterFrom(int from) throws IOException {
        int at = text.indexOf(delimiter, from);
        while (at >= 0) {
            Optional<Line> line = at == 0 || text.charAt(at - 1) == '\n' ? delimiterAt(at) : Optional.empty();
            if (line.isPresent()) {
                return line.get();
            }
            at = text.indexOf(delimiter, at + 1);
        }
        throw new IOException("it ends before its last boundary");
    }

    /** Nothing but blanks may follow the boundary, or it is the beginning of another one. */
    private Optional<Line> delimiterAt(int start) {
        int behind = start + delimiter.length();
        int lineBreak = text.indexOf('\n', behind);
        String rest = text.substring(behind, lineBreak < 0 ? text.length() : lineBreak)
                .stripTrailing();
        if (rest.equals("--")) {
            return Optional.of(new Line(start, text.length(), Line.Kind.BEHIND_THE_LAST_PART));
        }
        return rest.isEmpty() && lineBreak >= 0
                ? Optional.of(new Line(start, lineBreak + 1, Line.Kind.BETWEEN_PARTS))
                : Optional.empty();
    }

    /** The line break in front of a boundary belongs to the boundary. */
    private int beforeLineBreak(int start, int end) {
        int at = end > start && text.charAt(end - 1) == '\n' ? end - 1 : end;
        return at > start && text.charAt(at - 1) == '\r' ? at - 1 : at;
    }

    private Answer part(int number, int start, int end) throws IOException {
        try (InputStream in = new ByteArrayInputStream(whole.body().bytes(), start, end - start)) {
            return part(in);
        } catch (HttpException | IOException | IllegalArgumentException e) {
            // The library refuses a status of 0 by the last one. None of the messages, which may quote content of the
            // answer.
            throw new IOException("part " + number + " of it is no HTTP answer");
        }
    }

    private Answer part(InputStream in) throws IOException, HttpException {
        SessionInputBuffer buffer = new SessionInputBufferImpl(BUFFER, HEAD.getMaxLineLength());
        Map<String, String> envelope = byName(AbstractMessageParser.parseHeaders(
                buffer, in, HEAD.getMaxHeaderCount(), HEAD.getMaxLineLength(), BasicLineParser.INSTANCE));
        if (!envelope.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith("application/http")) {
            throw new HttpException("The part is of another type");
        }
        HttpResponse head = headOf(buffer, in);
        return new Answer(
                whole.from(),
                head.getCode(),
                byName(head.getHeaders()),
                rest(buffer, in),
                whole.received(),
                whole.secrets());
    }

    /** Depending on its version, the library throws where the part ends, or gives nothing. */
    private static HttpResponse headOf(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        @Nullable HttpResponse head = new DefaultHttpResponseParser(HEAD).parse(buffer, in);
        if (head == null) {
            throw new HttpException("The part is empty");
        }
        return head;
    }

    private static Map<String, String> byName(Header[] headers) {
        Map<String, String> values = new HashMap<>();
        for (Header header : headers) {
            values.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return values;
    }

    private static Body rest(SessionInputBuffer buffer, InputStream in) throws IOException {
        byte[] bytes = new byte[buffer.length() + in.available()];
        int length = 0;
        int read;
        while (length < bytes.length && (read = buffer.read(bytes, length, bytes.length - length, in)) >= 0) {
            length += read;
        }
        return new Body(bytes, length);
    }
}
