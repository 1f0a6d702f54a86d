package io.github.cameldataverse.changes.internal.subscription;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.PropertyConfigurerSupport;
import org.apache.camel.util.StringHelper;

/**
 * Texts of options and headers. Camel converts them, and of one that it cannot convert it says which Java type has no such
 * value; here the user is told which words there are.
 */
public final class OptionTexts {

    private static final Map<Class<?>, String> SHAPES = Map.of(
            int.class, "a whole number",
            // Camel gives both numbers of rows and durations this type.
            long.class, "a whole number, or for a time also a text such as 30s or 5m",
            boolean.class, "true or false");

    private final CamelContext camel;

    public OptionTexts(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Refuses the first option whose text Camel could not convert. A word becomes the name of its constant, which Camel knows in
     * any case; a blank one for an option without a default counts as not given, and is taken out.
     *
     * @param types knows the type of each option
     * @param endpoint has the defaults
     * @param given options by name, as the URI has them
     * @throws IllegalArgumentException with a sentence
     */
    public void check(PropertyConfigurerGetter types, Object endpoint, Map<String, Object> given) {
        for (Iterator<Map.Entry<String, Object>> options = given.entrySet().iterator(); options.hasNext(); ) {
            Map.Entry<String, Object> option = options.next();
            Class<?> type = types.getOptionType(option.getKey(), true);
            if (type == null || !(option.getValue() instanceof String text) || isReference(text)) {
                continue;
            }
            if (text.isBlank() && type.isEnum() && types.getOptionValue(endpoint, option.getKey(), true) == null) {
                options.remove();
            } else {
                option.setValue(checked("The option " + option.getKey(), text, type));
            }
        }
    }

    /**
     * The constant that a word stands for.
     *
     * @param what begins the sentence that refuses another word
     * @throws IllegalArgumentException with a sentence
     */
    public <E extends Enum<E>> E word(String what, String text, Class<E> words) {
        return words.cast(constant(what, text, words));
    }

    private static Enum<?> constant(String what, String text, Class<?> words) {
        for (Object each : words.getEnumConstants()) {
            if (each instanceof Enum<?> constant && bare(constant.name()).equals(bare(text))) {
                return constant;
            }
        }
        throw refused(what, text, words);
    }

    /** What all ways to write a word have in common: webApi, webapi, web-api and WEB_API are one. */
    private static String bare(String word) {
        return word.strip().replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private String checked(String what, String text, Class<?> type) {
        if (type.isEnum()) {
            return constant(what, text, type).name();
        }
        if (!shape(type).isEmpty() && !isReadable(text, type)) {
            throw refused(what, text, type);
        }
        return text;
    }

    private static boolean isReference(String text) {
        return EndpointHelper.isReferenceParameter(text);
    }

    private boolean isReadable(String text, Class<?> type) {
        return isConvertible(text, type) || type == long.class && isConvertible(text, Duration.class);
    }

    private boolean isConvertible(String text, Class<?> type) {
        try {
            return PropertyConfigurerSupport.property(camel, type, text) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static IllegalArgumentException refused(String what, String text, Class<?> type) {
        return new IllegalArgumentException(what + " must be " + shape(type) + ", not \"" + text + "\"");
    }

    /** What a text of the type looks like; empty for types of which any text may be right. */
    private static String shape(Class<?> type) {
        return type.isEnum() ? "one of " + words(type) : SHAPES.getOrDefault(type, "");
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .map(StringHelper::dashToCamelCase)
                .collect(Collectors.joining(", "));
    }
}
