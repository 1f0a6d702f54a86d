package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.StrictUtf8;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.webapi.page.ScannedPage.Rows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a page as the service writes it: members with single values, and rows of members with single values.
 *
 * <pre>
 *  {"@odata.context":"…","@odata.deltaLink":"…","value":[{row},{row},{row}],"@odata.nextLink":"…"}
 *   └ Members ──────────┘└ link ──────────────┘          └ row
 *
 *  {"@odata.etag":"W/\"915244\"","name":"Größe","revenue":10.50,"parent":null,"accountid":"0000…"}
 *   └ Names: which of   │                │                 │                   └ RowMembers: the few that
 *     those met before, │                │                 └ value: to its end,  say which change it is
 *     and not yet in    │                │                   by the grammar of
 *     this row          │                │                   RFC 8259
 *                       └ unescaped      └ a byte above 0x7F: StrictUtf8 reads the row as well
 * </pre>
 *
 * It reads a page in exactly the way in which it is read with Jackson, or gives it up: at an error, at a
 * limit, and at what the service does not write, such as an object as the value of a column, or an escape in a name or an id.
 * What it gives up is not known to be wrong. For one page.
 */
final class PlainScan {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    static final int LONGEST_LINK = 64 * 1024;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_NAMES = 2_000;

    private final byte[] bytes;
    private final int end;
    private final TableDefinition table;
    private final int maxRowBytes;
    private final long round;
    private final List<Change> changes = new ArrayList<>();
    private final Names names = new Names();
    private int at;
    /** Whether a text since the last row began has a byte above 0x7F. */
    private boolean beyondAscii;

    private PlainScan(Body body, TableDefinition table, int maxRowBytes, long round) {
        this.bytes = body.bytes();
        this.end = body.length();
        this.at = body.afterByteOrderMark(0);
        this.table = table;
        this.maxRowBytes = maxRowBytes;
        this.round = round;
    }

    /**
     * The page.
     *
     * @param maxRowBytes longest row that is read
     * @param round number of the current round
     * @return empty if Jackson has to look at it
     */
    static Optional<ScannedPage> of(Body body, TableDefinition table, int maxRowBytes, long round) {
        try {
            return Optional.of(new PlainScan(body, table, maxRowBytes, round).page());
        } catch (NotPlainException | MalformedPageException e) {
            return Optional.empty();
        }
    }

    /** There is something that is not read here. */
    private static final class NotPlainException extends Exception {

        private static final long serialVersionUID = 1L;
        static final NotPlainException INSTANCE = new NotPlainException();

        private NotPlainException() {
            super(null, null, false, false);
        }
    }

    private ScannedPage page() throws NotPlainException, MalformedPageException {
        Members members = new Members();
        blanks();
        expect('{');
        if (!passes('}')) {
            do {
                members.read();
            } while (goesOn('}'));
        }
        blanks();
        require(at == end && !beyondAscii);
        return members.page();
    }

    /** The members of the page itself. */
    private final class Members {

        private final Set<String> met = new HashSet<>();
        private boolean hasValue;
        private boolean hasOthers;
        private @Nullable String nextLink;
        private @Nullable String deltaLink;

        void read() throws NotPlainException, MalformedPageException {
            int begin = opened();
            String name = unescaped(begin, endOfName());
            colon();
            require(met.add(name) && met.size() <= MOST_NAMES);
            switch (name) {
                case "value" -> rows();
                case "@odata.nextLink" -> nextLink = link();
                case "@odata.deltaLink" -> deltaLink = link();
                case "error" -> throw NotPlainException.INSTANCE;
                default -> {
                    hasOthers |= !name.startsWith("@");
                    shortValue();
                }
            }
        }

        private void rows() throws NotPlainException, MalformedPageException {
            hasValue = true;
            expect('[');
            if (!passes(']')) {
                do {
                    changes.add(row());
                    require(changes.size() <= PageLimits.MOST_CHANGES);
                } while (goesOn(']'));
            }
        }

        private String link() throws NotPlainException {
            require(peek() == '"');
            int begin = at + 1;
            return unescaped(begin, shortValue());
        }

        /** Gives the end of the value, without a closing quote. */
        private int shortValue() throws NotPlainException {
            int begin = at;
            int valueEnd = value();
            require(valueEnd - begin <= LONGEST_LINK);
            return valueEnd;
        }

        ScannedPage page() {
            return new ScannedPage(changes, Rows.told(hasValue, hasOthers), nextLink, deltaLink, false);
        }
    }

    private Change row() throws NotPlainException, MalformedPageException {
        require(!beyondAscii);
        blanks();
        int begin = at;
        expect('{');
        names.beginRow();
        RowMembers members = new RowMembers(table);
        if (!passes('}')) {
            do {
                member(members);
            } while (goesOn('}'));
        }
        return members.change(changes.size(), rowFrom(begin), round);
    }

    private void member(RowMembers members) throws NotPlainException {
        RowMember member = names.at(opened());
        colon();
        boolean text = peek() == '"';
        int begin = at + 1;
        int valueEnd = value();
        if (text && member.tellsOfTheChange()) {
            members.text(member, unescaped(begin, valueEnd));
        } else {
            require(member != RowMember.REMOVED);
            members.passed(member);
        }
    }

    private Row rowFrom(int begin) throws NotPlainException {
        int length = at - begin;
        require(length <= maxRowBytes);
        if (!beyondAscii) {
            return Row.ascii(bytes, begin, length);
        }
        beyondAscii = false;
        require(StrictUtf8.isValid(bytes, begin, length));
        return new Row(bytes, begin, length);
    }

    /** Passes over a single value, and gives its end, without the closing quote of a text. */
    private int value() throws NotPlainException {
        switch (peek()) {
            case '"' -> {
                at++;
                return text();
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
        return at;
    }

    private void word(String word) throws NotPlainException {
        require(end - at >= word.length());
        for (int i = 0; i < word.length(); i++) {
            require(bytes[at++] == word.charAt(i));
        }
    }

    private void number() throws NotPlainException {
        int begin = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if ((peek() | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        require(at - begin <= LONGEST_NUMBER);
    }

    private void digits() throws NotPlainException {
        require(isDigit(peek()));
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** From the first byte of a text to behind its closing quote; gives the place of that. */
    private int text() throws NotPlainException {
        while (true) {
            special();
            byte found = peek();
            if (found == '"') {
                return at++;
            }
            require(found == '\\');
            at++;
            escape();
        }
    }

    private void escape() throws NotPlainException {
        byte kind = peek();
        at++;
        if (kind == 'u') {
            require(end - at >= 4);
            for (int last = at + 4; at < last; at++) {
                require(Character.digit(bytes[at], 16) >= 0);
            }
        } else {
            require(kind > 0 && "\"\\/bfnrt".indexOf(kind) >= 0);
        }
    }

    /** To the next quote, backslash or control character, eight bytes at a time. */
    private void special() {
        int here = at;
        long seen = 0;
        long special = 0;
        while (here + Long.BYTES <= end) {
            long word = (long) EIGHT_BYTES.get(bytes, here);
            special = specials(word);
            if (special != 0) {
                // What stands before the first of them is of this text.
                seen |= word & (special - 1) & ~special;
                here += Long.numberOfTrailingZeros(special) >>> 3;
                break;
            }
            seen |= word;
            here += Long.BYTES;
        }
        at = here;
        if ((seen & HIGH_BITS) != 0) {
            beyondAscii = true;
        }
        if (special == 0) {
            lastSpecial();
        }
    }

    /** Among the last bytes of the page, which are fewer than eight. */
    private void lastSpecial() {
        while (at < end && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] < 0 || bytes[at] >= ' ')) {
            beyondAscii |= bytes[at++] < 0;
        }
    }

    /** The high bit of each byte that is special; of those behind the first one, some more. */
    private static long specials(long word) {
        long quote = word ^ '"' * ONES;
        long backslash = word ^ '\\' * ONES;
        long found = (quote - ONES) & ~quote | (backslash - ONES) & ~backslash | (word - ' ' * ONES) & ~word;
        return found & HIGH_BITS;
    }

    /** The text between two quotes, if all its escapes are of one character each that stands for itself. */
    private String unescaped(int begin, int textEnd) throws NotPlainException {
        String text = new String(bytes, begin, textEnd - begin, StandardCharsets.UTF_8);
        int escape = text.indexOf('\\');
        if (escape < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (; escape >= 0; escape = text.indexOf('\\', from + 1)) {
            plain.append(text, from, escape);
            from = escape + 1;
            require("\"\\/".indexOf(text.charAt(from)) >= 0);
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** Behind the quote that opens a name. */
    private int opened() throws NotPlainException {
        blanks();
        expect('"');
        return at;
    }

    /** Behind the quote that closes a name; gives its end. */
    private int endOfName() throws NotPlainException {
        int begin = at;
        boolean before = beyondAscii;
        beyondAscii = false;
        special();
        int nameEnd = at;
        expect('"');
        require(!beyondAscii && nameEnd - begin <= LONGEST_NAME);
        beyondAscii = before;
        return nameEnd;
    }

    private void colon() throws NotPlainException {
        blanks();
        expect(':');
        blanks();
    }

    /** Whether a comma follows; if not, the end does. */
    private boolean goesOn(char close) throws NotPlainException {
        blanks();
        byte next = peek();
        at++;
        require(next == ',' || next == close);
        return next == ',';
    }

    private boolean passes(char close) throws NotPlainException {
        blanks();
        boolean closed = peek() == close;
        if (closed) {
            at++;
        }
        return closed;
    }

    private void blanks() {
        while (at < end && bytes[at] <= ' ' && isBlank(bytes[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private void expect(char wanted) throws NotPlainException {
        require(peek() == wanted);
        at++;
    }

    private byte peek() throws NotPlainException {
        require(at < end);
        return bytes[at];
    }

    private static void require(boolean condition) throws NotPlainException {
        if (!condition) {
            throw NotPlainException.INSTANCE;
        }
    }

    /**
     * The names of the members of rows. Each knows in which row it was met last, so that a row which has one of them
     * twice is found without a set for each row. Most rows have their names in the order of the row
     * before, so the first one tried is the one that followed there.
     */
    private final class Names {

        private static final int SLOTS = 2 * MOST_NAMES;
        /** Names may be made so that all of them fall upon one slot. */
        private static final int MOST_PROBES = 32;

        private final @Nullable Name[] slots = new Name[SLOTS];
        private Name last = new Name(new byte[0], RowMember.COLUMN);
        private final Name first = last;
        private int count;
        private int row;

        void beginRow() {
            row++;
            last = first;
        }

        /** The name that begins here, and is read to behind its closing quote. */
        RowMember at(int begin) throws NotPlainException {
            @Nullable Name next = last.next;
            Name found = next != null && stands(next, begin) ? next : read(begin);
            require(found.row != row);
            found.row = row;
            last.next = found;
            last = found;
            return found.member;
        }

        private boolean stands(Name name, int begin) {
            int nameEnd = begin + name.bytes.length;
            boolean stands = nameEnd < end && bytes[nameEnd] == '"' && equal(name, begin, nameEnd);
            if (stands) {
                at = nameEnd + 1;
            }
            return stands;
        }

        private boolean equal(Name name, int begin, int nameEnd) {
            return Arrays.equals(bytes, begin, nameEnd, name.bytes, 0, name.bytes.length);
        }

        private Name read(int begin) throws NotPlainException {
            int nameEnd = endOfName();
            int slot = hash(begin, nameEnd);
            for (int probes = 0; probes < MOST_PROBES; probes++) {
                @Nullable Name there = slots[slot];
                if (there == null) {
                    return slots[slot] = added(begin, nameEnd);
                }
                if (equal(there, begin, nameEnd)) {
                    return there;
                }
                slot = (slot + 1) % SLOTS;
            }
            throw NotPlainException.INSTANCE;
        }

        private int hash(int begin, int nameEnd) {
            int hash = 0;
            for (int i = begin; i < nameEnd; i++) {
                hash = 31 * hash + bytes[i];
            }
            return Math.floorMod(hash, SLOTS);
        }

        private Name added(int begin, int nameEnd) throws NotPlainException {
            String text = new String(bytes, begin, nameEnd - begin, StandardCharsets.US_ASCII);
            require(++count <= MOST_NAMES);
            return new Name(text.getBytes(StandardCharsets.US_ASCII), RowMember.of(text, table));
        }
    }

    /** A name, the row in which it was met last, and the name that followed it there. */
    private static final class Name {

        private final byte[] bytes;
        private final RowMember member;
        private int row;
        private @Nullable Name next;

        Name(byte[] bytes, RowMember member) {
            this.bytes = bytes;
            this.member = member;
        }
    }
}
