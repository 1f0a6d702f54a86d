package io.github.cameldataverse.changes.internal.webapi.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.source.HeaderText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page as a slow and simple reader understands it: the whole of it as a tree. What the scanner is compared with. */
record ReferencePage(List<ModelRow> rows, boolean hasValue, boolean hasError, String nextLink, String deltaLink) {

    private static final Pattern ID =
            Pattern.compile("(?:.*\\()?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\)?");

    private static final Pattern CONTEXT = Pattern.compile("(?:.*#)?(\\w+)(?:\\(.*\\))?/\\$deletedEntity");
    private static final Pattern URL = Pattern.compile("(?:.*/)?(\\w+)\\([^/]*\\)");

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(200)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What is told of a row: all of its content, which change it is, of what record, in which version. */
    record ModelRow(JsonNode content, boolean delete, String id, String etag, String reason) {

        /** What the scanner says of a row, in these words. */
        static ModelRow of(Change change) throws JsonProcessingException {
            return new ModelRow(
                    STRICT.readTree(change.row().text()),
                    change instanceof Delete,
                    change.id(),
                    change instanceof Upsert upsert ? upsert.etag() : null,
                    change instanceof Delete delete ? delete.reason() : null);
        }
    }

    /** Reads a page; empty if it is to be refused. */
    static Optional<ReferencePage> read(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return of(STRICT.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReferencePage> of(JsonNode page) {
        JsonNode value = page.path("value");
        if (!page.isObject()
                || !textOrAbsent(page, "@odata.nextLink")
                || !textOrAbsent(page, "@odata.deltaLink")
                || !(value.isArray() || value.isMissingNode())) {
            return Optional.empty();
        }
        List<ModelRow> rows = new ArrayList<>();
        for (JsonNode row : value) {
            Optional<ModelRow> read = row(row);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            rows.add(read.get());
        }
        return Optional.of(new ReferencePage(
                rows,
                page.has("value"),
                page.has("error"),
                text(page, "@odata.nextLink"),
                text(page, "@odata.deltaLink")));
    }

    private static Optional<ModelRow> row(JsonNode row) {
        Optional<JsonNode> removed = Stream.of("@removed", "@odata.removed")
                .filter(row::has)
                .map(row::get)
                .reduce((first, second) -> second);
        String context = lastOf(row, "@odata.context", "@context");
        boolean deleted = context != null && context.endsWith("/$deletedEntity");
        if (!row.isObject()
                || Stream.of("@removed", "@odata.removed")
                        .anyMatch(name -> row.has(name) && !row.get(name).isObject())
                || deleted && !isOfAccounts(CONTEXT.matcher(context))) {
            return Optional.empty();
        }
        return deleted || removed.isPresent() ? tombstone(row) : upsert(row);
    }

    private static Optional<ModelRow> upsert(JsonNode row) {
        return id(text(row, "accountid"))
                .map(id -> new ModelRow(row, false, id, etag(lastOf(row, "@odata.etag", "@etag")), null));
    }

    private static Optional<ModelRow> tombstone(JsonNode row) {
        Set<Optional<String>> ids = new HashSet<>();
        for (String served : new String[] {text(row, "id"), lastOf(row, "@odata.id", "@id"), text(row, "accountid")}) {
            if (served != null) {
                ids.add(id(served).filter(id -> isOfAccounts(URL.matcher(served))));
            }
        }
        return ids.size() != 1
                ? Optional.empty()
                : ids.iterator()
                        .next()
                        .map(id -> new ModelRow(row, true, id, null, HeaderText.reason(reason(row), "deleted")));
    }

    /** The last one counts, as for every member of which there may be two forms. */
    private static String reason(JsonNode row) {
        String reason = null;
        for (var member : row.properties()) {
            boolean removed = member.getKey().matches("@(odata\\.)?removed");
            JsonNode told = removed ? member.getValue().path("reason") : member.getValue();
            if ((removed || member.getKey().equals("reason")) && told.isTextual()) {
                reason = told.textValue();
            }
        }
        return reason;
    }

    private static boolean isOfAccounts(Matcher named) {
        return !named.matches() || named.group(1).equalsIgnoreCase("accounts");
    }

    private static Optional<String> id(String served) {
        Matcher id = ID.matcher(String.valueOf(served));
        return id.matches() && id.group().contains("(") == id.group().endsWith(")")
                ? Optional.of(id.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Of two forms of one name the last one that is a text counts. */
    private static String lastOf(JsonNode row, String one, String other) {
        String found = null;
        for (var member : row.properties()) {
            if ((member.getKey().equals(one) || member.getKey().equals(other))
                    && member.getValue().isTextual()) {
                found = member.getValue().textValue();
            }
        }
        return found;
    }

    private static String etag(String served) {
        boolean fit = served != null
                && !served.isEmpty()
                && served.length() <= 128
                && served.chars().allMatch(each -> each >= ' ' && each <= '~');
        return fit ? served : null;
    }

    private static boolean textOrAbsent(JsonNode object, String member) {
        return !object.has(member) || object.get(member).isTextual();
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).isTextual() ? object.get(member).textValue() : null;
    }
}
