package io.github.cameldataverse.changes.internal.orgservice.row;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.orgservice.xml.XmlCursor;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.RecordId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;

/** Reads the value of a column by its type, and writes it as the Web API writes it. No number passes through a double. */
final class ValueReader {

    private static final Set<String> TEXT_MEMBERS =
            Set.of("Value", "Id", "LogicalName", "Name", "CanBeChanged", "ManagedPropertyLogicalName");
    private static final int LONGEST_NUMBER = 200;
    private static final String DECIMAL = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)";
    private static final Pattern PLAIN = Pattern.compile(DECIMAL);
    private static final Pattern WITH_EXPONENT = Pattern.compile(DECIMAL + "(?:[eE][+-]?\\d{1,4})?");
    private static final Pattern ZONED = Pattern.compile(".*(?:Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern BLANKS = Pattern.compile("\\s");

    private final XmlCursor xml;
    private final PageContext context;

    ValueReader(XmlCursor xml, PageContext context) {
        this.xml = xml;
        this.context = context;
    }

    /**
     * @throws ServiceFault.Permanent if the type is none that is known: nothing may be left out in silence
     * @throws ServiceFault if the definitions of the date columns are needed and cannot be read
     */
    ColumnValue read(String column) throws MalformedPageException, ServiceFault {
        if (xml.isNil()) {
            return ColumnValue.NULL;
        }
        QName type = xml.type();
        try {
            return switch (type.getNamespaceURI()) {
                case Namespaces.SCHEMA -> simple(column, type);
                case Namespaces.SERIALIZATION -> serialized(column, type);
                case Namespaces.CONTRACTS -> contract(column, type);
                case Namespaces.CONTRACTS_9 -> contractOf9(column, type);
                default -> throw unknown(column, type);
            };
        } catch (DateTimeException | NumberFormatException e) {
            // Their messages hold the value.
            throw new MalformedPageException("The column " + context.clean(column)
                    + " has a value that is none of its type " + context.clean(type.getLocalPart()));
        }
    }

    private ColumnValue simple(String column, QName type) throws MalformedPageException, ServiceFault {
        return switch (type.getLocalPart()) {
            case "string" -> ColumnValue.text(xml.text());
            case "int", "long" -> new ColumnValue.Plain(whole(xml.text()));
            case "boolean" -> new ColumnValue.Plain(yesNo(xml.text()));
            case "decimal" -> new ColumnValue.Plain(decimal(xml.text()));
            case "double" -> new ColumnValue.Plain(floating(xml.text()));
            case "dateTime" -> ColumnValue.text(date(column, xml.text().strip()));
            case "base64Binary" -> ColumnValue.text(BLANKS.matcher(xml.text()).replaceAll(""));
            default -> throw unknown(column, type);
        };
    }

    private ColumnValue serialized(String column, QName type) throws MalformedPageException, ServiceFault {
        if (!type.getLocalPart().equals("guid")) {
            throw unknown(column, type);
        }
        return ColumnValue.text(guid(xml.text()));
    }

    private ColumnValue contract(String column, QName type) throws MalformedPageException, ServiceFault {
        return switch (type.getLocalPart()) {
            case "OptionSetValue" -> new ColumnValue.Plain(whole(member("Value")));
            case "OptionSetValueCollection" -> choices();
            case "Money" -> new ColumnValue.Plain(decimal(member("Value")));
            case "EntityReference" -> lookup();
            case "EntityCollection" -> new ColumnValue.NoColumn();
            case "BooleanManagedProperty" -> managed();
            default -> throw unknown(column, type);
        };
    }

    private ColumnValue contractOf9(String column, QName type) throws MalformedPageException, ServiceFault {
        if (!type.getLocalPart().equals("OptionSetValueCollection")) {
            throw unknown(column, type);
        }
        return choices();
    }

    private ColumnValue choices() throws MalformedPageException, ServiceFault {
        StringJoiner numbers = new StringJoiner(",");
        xml.children(() -> numbers.add(whole(member("Value"))));
        return numbers.length() == 0 ? ColumnValue.NULL : ColumnValue.text(numbers.toString());
    }

    private ColumnValue lookup() throws MalformedPageException, ServiceFault {
        Map<String, String> members = members();
        return new ColumnValue.Lookup(guid(required(members, "Id")), members.get("LogicalName"), members.get("Name"));
    }

    private ColumnValue managed() throws MalformedPageException, ServiceFault {
        Map<String, String> members = members();
        String name = members.get("ManagedPropertyLogicalName");
        return new ColumnValue.Plain("{\"Value\":" + yesNo(required(members, "Value")) + ",\"CanBeChanged\":"
                + yesNo(required(members, "CanBeChanged")) + ",\"ManagedPropertyLogicalName\":"
                + (name == null ? "null" : ColumnValue.quoted(name)) + "}");
    }

    private String member(String name) throws MalformedPageException, ServiceFault {
        return required(members(), name);
    }

    /** Those of the members that are a text. */
    private Map<String, String> members() throws MalformedPageException, ServiceFault {
        Map<String, String> members = new HashMap<>();
        xml.children(() -> {
            String name = xml.nameIn(Namespaces.CONTRACTS);
            String text = TEXT_MEMBERS.contains(name) ? xml.textOrNull() : null;
            if (text != null && members.put(name, text) != null) {
                throw new MalformedPageException("A value has its member " + name + " twice");
            }
        });
        return members;
    }

    private static String required(Map<String, String> members, String name) throws MalformedPageException {
        String text = members.get(name);
        if (text == null) {
            throw new MalformedPageException("A value has no member " + name);
        }
        return text;
    }

    private static String whole(String text) {
        return Long.toString(Long.parseLong(text.strip()));
    }

    private static String yesNo(String text) {
        return switch (text.strip()) {
            case "true", "1" -> "true";
            case "false", "0" -> "false";
            default -> throw new NumberFormatException();
        };
    }

    private static String decimal(String text) {
        return number(text, PLAIN).toPlainString();
    }

    /** Plain, where it was served plain: with a large exponent that would be a long text of zeros. */
    private static String floating(String text) {
        BigDecimal number = number(text, WITH_EXPONENT);
        return text.toLowerCase(Locale.ROOT).contains("e") ? number.toString() : number.toPlainString();
    }

    private static BigDecimal number(String text, Pattern pattern) {
        String digits = text.strip();
        if (digits.length() > LONGEST_NUMBER || !pattern.matcher(digits).matches()) {
            throw new NumberFormatException();
        }
        return new BigDecimal(digits);
    }

    /** A day is served as its midnight; should there be a time of day, it is not dropped. */
    private String date(String column, String text) throws ServiceFault {
        OffsetDateTime moment = moment(text);
        boolean isDay = moment.toLocalTime().equals(LocalTime.MIDNIGHT) && context.isDateOnly(column);
        return isDay ? moment.toLocalDate().toString() : moment.toInstant().toString();
    }

    /** The service keeps it in UTC; where it says no zone it means that too. */
    private static OffsetDateTime moment(String text) {
        return ZONED.matcher(text).matches()
                ? OffsetDateTime.parse(text)
                : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
    }

    static String guid(String text) throws MalformedPageException {
        return RecordId.of(text.strip())
                .orElseThrow(() -> new MalformedPageException("The answer has an id that is no GUID"));
    }

    private ServiceFault.Permanent unknown(String column, QName type) {
        return new ServiceFault.Permanent(
                "The column " + context.clean(column) + " has the type " + context.clean(type.getLocalPart())
                        + ", which is not known; leave it out with the option select, or read the table with api=webApi",
                0);
    }
}
