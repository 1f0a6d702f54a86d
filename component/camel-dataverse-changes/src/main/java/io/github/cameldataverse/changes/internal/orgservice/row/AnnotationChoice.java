package io.github.cameldataverse.changes.internal.orgservice.row;

import java.util.Arrays;
import java.util.List;

/**
 * Which annotations the rows are to have. The Organization Service gives two of those that the Web API gives.
 *
 * @param formatted values as a person reads them
 * @param lookupTable the table that a lookup points to
 */
public record AnnotationChoice(boolean formatted, boolean lookupTable) {

    static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
    static final String LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";

    /** @param annotations value of the preference {@code odata.include-annotations}; empty for none */
    static AnnotationChoice of(String annotations) {
        List<String> patterns = Arrays.asList(annotations.split(","));
        return new AnnotationChoice(
                patterns.stream().anyMatch(pattern -> matches(pattern, FORMATTED)),
                patterns.stream().anyMatch(pattern -> matches(pattern, LOOKUP_TABLE)));
    }

    /** @throws IllegalArgumentException if one of them names neither of the two */
    public static void check(String annotations) {
        for (String pattern : annotations.split(",")) {
            if (!matches(pattern, FORMATTED) && !matches(pattern, LOOKUP_TABLE)) {
                throw new IllegalArgumentException("The option includeAnnotations asks for " + pattern
                        + ", which the Organization Service does not tell; with api=organizationService it gives "
                        + FORMATTED + " and " + LOOKUP_TABLE);
            }
        }
    }

    private static boolean matches(String pattern, String annotation) {
        return pattern.endsWith("*")
                ? annotation.startsWith(pattern.substring(0, pattern.length() - 1))
                : annotation.equals(pattern);
    }
}
