package io.github.cameldataverse.changes.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as text, and back, for any store that can hold a text.
 *
 * <pre>
 * dataverse-changes-token 1 412 9ae0daaf
 * {"origin":"https://contoso.crm4.dynamics.com","table":"account",...}
 * </pre>
 *
 * The first line gives the format, and the length and CRC-32C of the second. The text is ASCII, so that no file encoding
 * and no database character set can change it. A text is read only if writing its content again gives the same text to
 * the letter: half a link is a valid link, and would read the whole table.
 *
 * <p>Format 2 tells the organization besides. A version that knows format 1 alone refuses it by name, so that none of them goes
 * on beside a newer one. A checkpoint of which the organization is not known is written in format 1.
 *
 * <p>The text has no greatest length: it grows with the two links of the checkpoint and with the columns of its
 * fingerprint, and usually has some hundred characters. For any thread.
 */
public final class TokenCodec {

    private static final String MAGIC = "dataverse-changes-token";

    /** Of a checkpoint whose organization is not known, as the first version of this component wrote all of them. */
    private static final int WITHOUT_ORGANIZATION = 1;

    private static final int WITH_ORGANIZATION = 2;
    private static final Pattern FIRST_LINE = Pattern.compile(MAGIC + " ([0-9]{1,9}) [0-9]{1,10} [0-9a-f]{8}\n");
    private static final Set<String> FIELDS = Set.of(
            "origin",
            "table",
            "name",
            "revision",
            "round",
            "phase",
            "roundLink",
            "pageLink",
            "pages",
            "rows",
            "obtained",
            "fingerprint",
            "organization",
            "address",
            "since");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokenCodec() {}

    /** The checkpoint as text: two lines of ASCII, each ended by a line feed. */
    public static String encode(SubscriptionId subscription, Checkpoint checkpoint) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeSubscription(json, subscription);
            writeCheckpoint(json, checkpoint);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A checkpoint could not be written to memory", e);
        }
        return frame(formatOf(checkpoint), text.toString());
    }

    private static int formatOf(Checkpoint checkpoint) {
        return checkpoint.organization().equals(Organization.UNKNOWN) ? WITHOUT_ORGANIZATION : WITH_ORGANIZATION;
    }

    /**
     * Reads the text of a checkpoint. A text that a store gives back with other line ends, trimmed or padded is refused.
     *
     * @param text as {@link #encode} gave it, to the letter
     * @param place where the text was found, for the message: {@code file /var/tokens/…}
     * @throws TokenUnreadableException unless the text is, whole and unaltered, a checkpoint of this subscription
     */
    public static Checkpoint decode(SubscriptionId subscription, String text, String place) {
        try {
            Map<String, String> fields = fields(payload(subscription, text, place));
            if (!subscription(fields).equals(subscription)) {
                throw TokenUnreadableException.of(
                        subscription, place, "belongs to another subscription, " + subscription(fields));
            }
            Checkpoint checkpoint = checkpoint(fields);
            require(encode(subscription, checkpoint).equals(text));
            return checkpoint;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw TokenUnreadableException.of(subscription, place, "has a content that this version cannot read", e);
        }
    }

    private static String payload(SubscriptionId subscription, String text, String place) {
        Matcher first = FIRST_LINE.matcher(text);
        if (!first.lookingAt()) {
            String reason = text.isEmpty() ? "is empty" : "is torn, altered or none of this component";
            throw TokenUnreadableException.of(subscription, place, reason);
        }
        int format = Integer.parseInt(first.group(1));
        if (format > WITH_ORGANIZATION) {
            String reason = "has format " + format + ", of a newer version; this version reads format "
                    + WITH_ORGANIZATION + " and older ones";
            throw TokenUnreadableException.of(subscription, place, reason);
        }
        String payload = text.substring(first.end(), Math.max(first.end(), text.length() - 1));
        if (!frame(format, payload).equals(text)) {
            throw TokenUnreadableException.of(
                    subscription, place, "is torn or altered: length and checksum do not fit");
        }
        return payload;
    }

    private static String frame(int format, String payload) {
        return MAGIC + " " + format + " " + payload.length() + " " + Checksum.hex("", payload) + "\n" + payload + "\n";
    }

    private static void writeSubscription(JsonGenerator json, SubscriptionId subscription) throws IOException {
        json.writeStringField("origin", subscription.origin());
        json.writeStringField("table", subscription.table());
        json.writeStringField("name", subscription.name());
    }

    private static void writeCheckpoint(JsonGenerator json, Checkpoint checkpoint) throws IOException {
        json.writeNumberField("revision", checkpoint.revision());
        json.writeNumberField("round", checkpoint.round());
        json.writeStringField("phase", checkpoint.phase().name());
        json.writeStringField("roundLink", checkpoint.roundLink());
        json.writeStringField("pageLink", checkpoint.pageLink());
        json.writeNumberField("pages", checkpoint.pages());
        json.writeNumberField("rows", checkpoint.rows());
        json.writeStringField("obtained", checkpoint.obtained().toString());
        json.writeStringField("fingerprint", checkpoint.fingerprint());
        Organization organization = checkpoint.organization();
        if (formatOf(checkpoint) == WITH_ORGANIZATION) {
            json.writeStringField("organization", organization.id());
            json.writeStringField("address", organization.address());
            json.writeNumberField("since", organization.since());
        }
    }

    private static Map<String, String> fields(String payload) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(payload)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                require(json.nextToken().isScalarValue() && FIELDS.contains(name));
                if (json.currentToken() != JsonToken.VALUE_NULL) {
                    fields.put(name, json.getText());
                }
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        }
        return fields;
    }

    private static SubscriptionId subscription(Map<String, String> fields) {
        return new SubscriptionId(required(fields, "origin"), required(fields, "table"), required(fields, "name"));
    }

    private static Checkpoint checkpoint(Map<String, String> fields) {
        return new Checkpoint(
                Long.parseLong(required(fields, "revision")),
                Long.parseLong(required(fields, "round")),
                Phase.valueOf(required(fields, "phase")),
                fields.get("roundLink"),
                fields.get("pageLink"),
                Long.parseLong(required(fields, "pages")),
                Long.parseLong(required(fields, "rows")),
                Instant.parse(required(fields, "obtained")),
                required(fields, "fingerprint"),
                organization(fields));
    }

    private static Organization organization(Map<String, String> fields) {
        return fields.containsKey("organization")
                ? new Organization(
                        required(fields, "organization"),
                        required(fields, "address"),
                        Long.parseLong(required(fields, "since")))
                : Organization.UNKNOWN;
    }

    private static String required(Map<String, String> fields, String name) {
        @Nullable String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name);
        }
        return value;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not the one object of known fields, in their order, that a token is");
        }
    }
}
