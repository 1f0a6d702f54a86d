package io.github.cameldataverse.changes.docs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.LogListener;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** The project of the quick start, run in this process with other addresses than those in its files. */
final class QuickStartProject implements AutoCloseable {

    static final String FOLDER = "component/camel-dataverse-changes/src/test/resources/docs/quickstart/";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Main main;

    private QuickStartProject(Main main) {
        this.main = main;
    }

    /** As started by its class, which is compiled into the folder. */
    static QuickStartProject inJava(Path classes) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(compiled(classes));
        return new QuickStartProject(main);
    }

    /** As started by Camel's own main class, with the route in YAML. */
    static QuickStartProject inYaml() {
        Main main = new Main();
        main.configure().withRoutesIncludePattern(file("src/main/resources/camel/accounts.yaml"));
        return new QuickStartProject(main);
    }

    QuickStartProject properties(String name) {
        main.setPropertyPlaceholderLocations(file(name));
        return this;
    }

    /** Starts it; the given properties win over those in its files. */
    QuickStartProject start(Map<String, String> overrides) {
        overrides.forEach(main::addOverrideProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                configured.getCamelContext().getCamelContextExtension().addLogListener(listener());
            }
        });
        // What the log step would not log, it does not tell the listener either.
        Configurator.setLevel("accounts", Level.INFO);
        main.start();
        return this;
    }

    /** The next line that its route has logged. */
    String line() throws InterruptedException {
        String line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("The route has logged nothing for 20 s");
        }
        return line;
    }

    @Override
    public void close() {
        main.stop();
    }

    private LogListener listener() {
        return (exchange, logger, message) -> {
            lines.add(message);
            return message;
        };
    }

    private static String file(String name) {
        return "file:" + Repository.path(FOLDER + name);
    }

    private static RouteBuilder compiled(Path classes) throws Exception {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments(classes).toArray(String[]::new));
        if (result != 0) {
            throw new AssertionError("The class of the quick start does not compile");
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return (RouteBuilder)
                    loader.loadClass("com.example.QuickStart").getConstructor().newInstance();
        }
    }

    private static List<String> arguments(Path classes) {
        return List.of(
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                Repository.path(FOLDER + "src/main/java/com/example/QuickStart.java")
                        .toString());
    }
}
