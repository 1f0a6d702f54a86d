package io.github.cameldataverse.changes.othercamel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Without it the tests of this module could pass on the Camel that the component was built with. */
class OtherCamelTest {

    private static final Pattern CAMEL_JAR = Pattern.compile("/org/apache/camel/[^/]+/([^/]+)/");

    @Test
    void everyJarOfCamelIsOfTheLineThatThisRunIsAbout() {
        var versions = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> CAMEL_JAR.matcher(path.replace('\\', '/')))
                .filter(jar -> jar.find())
                .map(jar -> jar.group(1));
        assertThat(versions).hasSizeGreaterThan(20).containsOnly(System.getProperty("other.camel.version"));
    }
}
