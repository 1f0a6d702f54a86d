package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A table as the user names it: by its logical name or by its entity set name.
 *
 * @param name letters, digits and underscores only
 */
public record TableName(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** The condition that finds it in {@code EntityDefinitions}, as a part of an address. */
    public String filter() {
        return "$filter=LogicalName%20eq%20'" + name.toLowerCase(Locale.ROOT) + "'%20or%20EntitySetName%20eq%20'" + name
                + "'";
    }

    /**
     * The definition that is meant. A name can be the logical name of one table and the set name of another; the logical
     * name goes first.
     *
     * @throws ServiceFault.Permanent if there is none
     */
    public <T> T choose(List<T> definitions, Function<T, String> logicalName, Function<T, String> entitySet)
            throws ServiceFault.Permanent {
        return first(definitions, definition -> logicalName.apply(definition).equalsIgnoreCase(name))
                .or(() -> first(
                        definitions, definition -> entitySet.apply(definition).equals(name)))
                .orElseThrow(() -> new ServiceFault.Permanent(
                        "The organization has no table with the logical name or entity set name " + name
                                + "; check the spelling in the endpoint",
                        404));
    }

    /**
     * A name that the service tells, if a path can be made of it.
     *
     * @param member what it is called there
     * @throws ServiceFault.Permanent if it is no name
     */
    public static String served(String name, String member) throws ServiceFault.Permanent {
        if (!NAME.matcher(name).matches()) {
            throw new ServiceFault.Permanent(
                    "The definition of the table has no usable " + member + "; nothing can be read from it", 0);
        }
        return name;
    }

    private static <T> Optional<T> first(List<T> definitions, Predicate<T> condition) {
        return definitions.stream().filter(condition).findFirst();
    }
}
