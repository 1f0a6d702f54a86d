package io.github.cameldataverse.changes.internal.orgservice.row;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.orgservice.xml.KeyValuePairs;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.orgservice.xml.XmlCursor;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the row, or the reference to a row, at which the cursor stands. For one of them. */
public final class EntityReader {

    private static final int MOST_COLUMNS = 20_000;

    private final XmlCursor xml;
    private final KeyValuePairs pairs;
    private final ValueReader value;
    private final Map<String, ColumnValue> values = new LinkedHashMap<>();
    private final Map<String, String> formatted = new HashMap<>();
    private @Nullable String id;
    private @Nullable String table;
    private @Nullable String version;

    public EntityReader(XmlCursor xml, PageContext context) {
        this.xml = xml;
        this.pairs = new KeyValuePairs(xml);
        this.value = new ValueReader(xml, context);
    }

    public ServedEntity read() throws MalformedPageException, ServiceFault {
        xml.children(this::member);
        if (id == null) {
            throw new MalformedPageException("The answer has a row without an id");
        }
        return new ServedEntity(id, table, version, values, formatted);
    }

    private void member() throws MalformedPageException, ServiceFault {
        switch (xml.nameIn(Namespaces.CONTRACTS)) {
            case "Attributes" -> pairs.each(this::attribute);
            case "FormattedValues" -> pairs.each(this::formattedValue);
            case "Id" -> id = ValueReader.guid(xml.text());
            case "LogicalName" -> table = xml.textOrNull();
            case "RowVersion" -> version = xml.textOrNull();
            default -> {
                // Nothing that the Web API would give.
            }
        }
    }

    private void attribute(String column) throws MalformedPageException, ServiceFault {
        if (values.put(column, value.read(column)) != null) {
            throw new MalformedPageException("The answer has a row with one column twice");
        }
        requireFew(values);
    }

    private void formattedValue(String column) throws MalformedPageException {
        String text = xml.textOrNull();
        if (text != null) {
            formatted.put(column, text);
            requireFew(formatted);
        }
    }

    private static void requireFew(Map<String, ?> columns) throws MalformedPageException {
        if (columns.size() > MOST_COLUMNS) {
            throw new MalformedPageException("The answer has a row of more than " + MOST_COLUMNS + " columns");
        }
    }
}
