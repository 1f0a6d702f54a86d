package io.github.cameldataverse.changes.testkit.internal.webapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.odata.Preconditions;
import io.github.cameldataverse.changes.testkit.internal.odata.RowAddress;
import io.github.cameldataverse.changes.testkit.internal.odata.SingleEntity;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows: POST to an entity set, PATCH and DELETE of a row. A PATCH of a row that is not there creates it, unless a
 * precondition forbids that. The response comes when the write is in the journal.
 */
final class RowWriteEndpoint implements WebApiEndpoint {
    private static final Set<String> METHODS = Set.of("POST", "PATCH", "DELETE");
    private static final String BIND = "@odata.bind";
    private static final Pattern RETURN = Pattern.compile("(^|[,;\\s])return=representation($|[,;\\s])");
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final OrganizationTables organization;
    private final SingleEntity rows;

    RowWriteEndpoint(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.rows = new SingleEntity(organization, switches);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return METHODS.contains(call.request().method())
                && ResourcePath.kind(call.resource(), organization)
                        .filter(kind -> kind != ResourcePath.Kind.COUNT)
                        .isPresent();
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        ResourcePath resource = ResourcePath.of(call.resource(), organization).orElseThrow();
        try {
            return write(call, resource);
        } catch (StoredTable.DuplicateKeyException taken) {
            throw new ServiceRefusalException(412, ErrorCodes.DUPLICATE_KEY, String.valueOf(taken.getMessage()));
        } catch (IllegalArgumentException unfit) {
            throw new ServiceRefusalException(400, ErrorCodes.INVALID_ARGUMENT, String.valueOf(unfit.getMessage()));
        }
    }

    private ServiceResponse write(WebApiRequest call, ResourcePath resource) {
        boolean create = "POST".equals(call.request().method());
        if (create != (resource.kind() == ResourcePath.Kind.ENTITY_SET)) {
            throw new ServiceRefusalException(405, ErrorCodes.NONE, "The method is not allowed here.");
        }
        TableSchema table = resource.table();
        if (create) {
            return done(call, table, organization.create(table.logicalName(), columns(call)), 201);
        }
        // One reading of the table: nobody writes between the look and the write.
        return organization.read(
                table.logicalName(), rows -> change(call, resource.row().orElseThrow(), rows));
    }

    private ServiceResponse change(WebApiRequest call, RowAddress address, StoredTable rows) {
        Optional<StoredRow> row = address.in(rows);
        Preconditions.of(call.request()).require(row, address);
        String table = address.table().logicalName();
        if ("DELETE".equals(call.request().method())) {
            organization.delete(table, row.orElseThrow(address::absent).id());
            return ServiceResponse.status(204).header("OData-Version", "4.0");
        }
        return row.map(present -> {
                    organization.update(table, present.id(), columns(call));
                    return done(call, address.table(), present.id(), 200);
                })
                .orElseGet(() -> done(call, address.table(), create(call, address), 201));
    }

    /** An upsert: what names the row becomes part of it. */
    private String create(WebApiRequest call, RowAddress address) {
        Map<String, @Nullable Object> columns = columns(call);
        columns.putAll(address.key());
        String table = address.table().logicalName();
        return address.id()
                .map(id -> organization.create(table, id, columns))
                .orElseGet(() -> organization.create(table, columns));
    }

    /**
     * @param representation the status of a response with the row, if the client prefers one
     */
    private ServiceResponse done(WebApiRequest call, TableSchema table, String id, int representation) {
        ServiceResponse response =
                RETURN.matcher(call.request().header("Prefer").orElse("")).find()
                        ? rows.written(call.request(), table, id, call.service())
                                .withStatus(representation)
                                .header("Preference-Applied", "return=representation")
                        : ServiceResponse.status(204).header("OData-Version", "4.0");
        return response.header("OData-EntityId", call.service() + table.entitySetName() + "(" + id + ")");
    }

    private Map<String, @Nullable Object> columns(WebApiRequest call) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        object(call).properties().forEach(member -> {
            String name = member.getKey();
            if (name.endsWith(BIND)) {
                columns.put(lookup(name), bound(member.getValue().asText(), call));
            } else if (!name.contains("@")) {
                columns.put(name, value(member.getValue()));
            }
        });
        return columns;
    }

    private static JsonNode object(WebApiRequest call) {
        try {
            JsonNode body = EXACT.readTree(call.request().body());
            return Optional.of(body).filter(JsonNode::isObject).orElseThrow(RowWriteEndpoint::notAnObject);
        } catch (JsonProcessingException broken) {
            throw notAnObject();
        }
    }

    private static IllegalArgumentException notAnObject() {
        return new IllegalArgumentException(
                "The body is not a JSON object; send the columns of the row as its members");
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return node.isBoolean() ? (Object) node.asBoolean() : node.isNumber() ? node.decimalValue() : node.asText();
    }

    /** {@code primarycontactid@odata.bind} writes the column {@code _primarycontactid_value}. */
    private static String lookup(String member) {
        return "_" + member.substring(0, member.length() - BIND.length()) + "_value";
    }

    /** The id of the row that is referred to; an alternate key is looked up, an id is taken as it is. */
    private String bound(String reference, WebApiRequest call) {
        String path = reference.replace(call.service(), "").replaceFirst("^/", "");
        return ResourcePath.of(path, organization)
                .flatMap(ResourcePath::row)
                .map(this::id)
                .orElse(reference);
    }

    private String id(RowAddress address) {
        return address.id()
                .orElseGet(() -> organization.read(
                        address.table().logicalName(),
                        rows -> address.in(rows).orElseThrow(address::absent).id()));
    }
}
