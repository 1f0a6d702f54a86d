package io.github.cameldataverse.changes.internal.orgservice.row;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two names of a column. They differ for a lookup: {@code _primarycontactid_value} in the Web API.
 *
 * @param web its name in the Web API
 * @param served its logical name, which the Organization Service uses
 */
public record ColumnName(String web, String served) {

    private static final Pattern LOOKUP = Pattern.compile("_(\\w+)_value");

    public static ColumnName ofWebApi(String name) {
        Matcher lookup = LOOKUP.matcher(name);
        return new ColumnName(name, lookup.matches() ? lookup.group(1) : name);
    }

    static ColumnName ofServed(String name, ColumnValue value) {
        return new ColumnName(value instanceof ColumnValue.Lookup ? "_" + name + "_value" : name, name);
    }
}
