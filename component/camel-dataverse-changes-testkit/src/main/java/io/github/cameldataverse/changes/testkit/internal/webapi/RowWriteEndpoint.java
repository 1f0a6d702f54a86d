package io.github.cameldataverse.changes.testkit.internal.webapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.odata.SingleEntity;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes rows: POST to an entity set, PATCH and DELETE of a row. The response is 204 when the write is in the journal. */
final class RowWriteEndpoint implements WebApiEndpoint {
    private static final Set<String> METHODS = Set.of("POST", "PATCH", "DELETE");
    private static final String BIND = "@odata.bind";
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final OrganizationTables organization;

    RowWriteEndpoint(OrganizationTables organization) {
        this.organization = organization;
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return METHODS.contains(call.request().method())
                && ResourcePath.of(call.resource(), organization)
                        .filter(resource -> resource.kind() != ResourcePath.Kind.COUNT)
                        .isPresent();
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        ResourcePath resource = ResourcePath.of(call.resource(), organization).orElseThrow();
        try {
            return write(call, resource);
        } catch (IllegalArgumentException unfit) {
            throw new ServiceRefusalException(400, ErrorCodes.INVALID_ARGUMENT, String.valueOf(unfit.getMessage()));
        }
    }

    private ServiceResponse write(WebApiRequest call, ResourcePath resource) {
        boolean create = "POST".equals(call.request().method());
        if (create != (resource.kind() == ResourcePath.Kind.ENTITY_SET)) {
            throw new ServiceRefusalException(405, ErrorCodes.NONE, "The method is not allowed here.");
        }
        return create ? create(call, resource) : change(call, resource, resource.id());
    }

    private ServiceResponse create(WebApiRequest call, ResourcePath resource) {
        String id = organization.create(resource.table().logicalName(), columns(call));
        return ServiceResponse.status(204)
                .header("OData-Version", "4.0")
                .header("OData-EntityId", call.service() + resource.table().entitySetName() + "(" + id + ")");
    }

    private ServiceResponse change(WebApiRequest call, ResourcePath resource, String id) {
        String table = resource.table().logicalName();
        if (organization.read(table, rows -> rows.row(id).isEmpty())) {
            throw SingleEntity.absent(resource.table(), id);
        }
        if ("DELETE".equals(call.request().method())) {
            organization.delete(table, id);
        } else {
            organization.update(table, id, columns(call));
        }
        return ServiceResponse.status(204).header("OData-Version", "4.0");
    }

    private static Map<String, @Nullable Object> columns(WebApiRequest call) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        object(call).properties().forEach(member -> {
            String name = member.getKey();
            if (name.endsWith(BIND)) {
                columns.put(lookup(name), bound(member.getValue().asText()));
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

    private static String bound(String reference) {
        int open = reference.lastIndexOf('(');
        return open < 0 ? reference : reference.substring(open + 1, reference.length() - 1);
    }
}
