package io.github.cameldataverse.changes.internal.webapi.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.StrictUtf8;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.webapi.page.ScannedPage.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans a page to its closing brace. That proves it complete, finds the links wherever they stand (the service sends the
 * delta link before the rows and the next link after them) and notes where each row lies. Thread-safe.
 *
 * <p>A page as the service writes it is read by {@link PlainScan}, in one pass over its bytes. At whatever else may stand in
 * JSON, that one gives up, and what is to be said of the page is said here, where Jackson reads it.
 */
public final class PageScanner {

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 200;
    private static final int MOST_NAMES = 20_000;

    private final JsonFactory json;
    private final TableDefinition table;
    private final int maxRowBytes;

    public PageScanner(TableDefinition table, int maxRowBytes) {
        this.table = table;
        this.maxRowBytes = maxRowBytes;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(Math.max(maxRowBytes, PlainScan.LONGEST_LINK))
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * The page in a body.
     *
     * @param round number of the current round, for the keys of tombstones
     * @throws MalformedPageException if it is no whole page
     */
    public ScannedPage scan(Body body, long round) throws MalformedPageException {
        Optional<ScannedPage> plain = PlainScan.of(body, table, maxRowBytes, round);
        // Where assertions are on, as in tests, each page is read in both ways.
        assert plain.isEmpty() || plain.get().equals(scanByJackson(body, round)) : "A page was read in two ways";
        return plain.isPresent() ? plain.get() : scanByJackson(body, round);
    }

    ScannedPage scanByJackson(Body body, long round) throws MalformedPageException {
        int start = body.afterByteOrderMark(0);
        if (body.afterByteOrderMark(start) != start) {
            // The parser would pass over a second one, and no row would lie where it is said to lie.
            throw new MalformedPageException("The answer begins with two byte order marks");
        }
        if (!StrictUtf8.isValid(body.bytes(), start, body.length() - start)) {
            throw new MalformedPageException("The answer holds bytes that are no UTF-8");
        }
        try (JsonParser parser = json.createParser(body.bytes(), start, body.length() - start)) {
            return new Scan(parser, body.bytes(), start, round).page();
        } catch (IOException e) {
            throw new MalformedPageException("The answer is no whole JSON object: " + where(e));
        }
    }

    /** Says where, and never what stood there: it may be the content of a row. */
    private static String where(IOException e) {
        if (e instanceof StreamConstraintsException limit) {
            return limit.getOriginalMessage();
        }
        return e instanceof JsonProcessingException json && json.getLocation() != null
                ? e.getClass().getSimpleName() + " at byte "
                        + json.getLocation().getByteOffset()
                : e.getClass().getSimpleName();
    }

    /** One pass over one page. */
    private final class Scan {

        private final JsonParser parser;
        private final byte[] bytes;
        private final int start;
        private final long round;
        private final List<Change> changes = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private boolean hasValue;
        private boolean hasOthers;
        private boolean hasError;
        private @Nullable String nextLink;
        private @Nullable String deltaLink;

        Scan(JsonParser parser, byte[] bytes, int start, long round) {
            this.parser = parser;
            this.bytes = bytes;
            this.start = start;
            this.round = round;
        }

        ScannedPage page() throws IOException, MalformedPageException {
            require(parser.nextToken() == JsonToken.START_OBJECT, "The answer is no JSON object");
            // A parser of another encoding counts characters, and no row would lie where it is said to lie.
            require(parser.currentTokenLocation().getByteOffset() >= 0, "The answer is not in UTF-8");
            String name;
            while ((name = nextName()) != null) {
                parser.nextToken();
                member(name);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT, "The answer ends before its closing brace");
            require(parser.nextToken() == null, "Something follows the closing brace of the answer");
            return new ScannedPage(changes, Rows.told(hasValue, hasOthers), nextLink, deltaLink, hasError);
        }

        private void member(String name) throws IOException, MalformedPageException {
            switch (name) {
                case "value" -> rows();
                case "@odata.nextLink" -> nextLink = link(name);
                case "@odata.deltaLink" -> deltaLink = link(name);
                case "error" -> {
                    hasError = true;
                    skipChildren();
                }
                default -> {
                    hasOthers |= !name.startsWith("@");
                    skipChildren();
                }
            }
        }

        private String link(String name) throws IOException, MalformedPageException {
            require(parser.currentToken() == JsonToken.VALUE_STRING, "The member " + name + " is no text");
            return parser.getText();
        }

        private void rows() throws IOException, MalformedPageException {
            require(parser.currentToken() == JsonToken.START_ARRAY, "The member value is no array");
            hasValue = true;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                require(
                        changes.size() < PageLimits.MOST_CHANGES,
                        "The answer has more than " + PageLimits.MOST_CHANGES + " rows");
                changes.add(row(changes.size()));
            }
            require(parser.currentToken() == JsonToken.END_ARRAY, "Row " + changes.size() + " is no object");
        }

        private Change row(int index) throws IOException, MalformedPageException {
            int begin = offset(parser.currentTokenLocation().getByteOffset());
            RowMembers members = new RowMembers(table);
            String name;
            while ((name = nextName()) != null) {
                parser.nextToken();
                member(index, members, RowMember.of(name, table));
            }
            int length = offset(parser.currentLocation().getByteOffset()) - begin;
            require(length <= maxRowBytes, "Row " + index + " is larger than " + maxRowBytes + " bytes (maxRowBytes)");
            return members.change(index, new Row(bytes, begin, length), round);
        }

        private void member(int index, RowMembers members, RowMember member)
                throws IOException, MalformedPageException {
            if (member == RowMember.REMOVED) {
                removed(index, members);
            } else if (parser.currentToken() == JsonToken.VALUE_STRING && member.tellsOfTheChange()) {
                members.text(member, parser.getText());
            } else {
                members.passed(member);
                skipChildren();
            }
        }

        private void removed(int index, RowMembers members) throws IOException, MalformedPageException {
            require(
                    parser.currentToken() == JsonToken.START_OBJECT,
                    "The annotation @removed of row " + index + " is no object");
            members.removed();
            String name;
            while ((name = nextName()) != null) {
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("reason")) {
                    members.removed(parser.getText());
                } else {
                    skipChildren();
                }
            }
        }

        private @Nullable String nextName() throws IOException, MalformedPageException {
            @Nullable String name = parser.nextFieldName();
            return name == null ? null : met(name);
        }

        /** The parser keeps every name that it has met. */
        private String met(String name) throws MalformedPageException {
            if (names.add(name)) {
                require(names.size() <= MOST_NAMES, "The answer has more than " + MOST_NAMES + " names of members");
            }
            return name;
        }

        private void skipChildren() throws IOException, MalformedPageException {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (token != null) {
                if (token == JsonToken.FIELD_NAME) {
                    met(parser.currentName());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                token = depth == 0 ? null : parser.nextToken();
            }
        }

        private int offset(long fromTheParser) {
            return start + (int) fromTheParser;
        }

        private void require(boolean condition, String sentence) throws MalformedPageException {
            if (!condition) {
                throw new MalformedPageException(sentence);
            }
        }
    }
}
