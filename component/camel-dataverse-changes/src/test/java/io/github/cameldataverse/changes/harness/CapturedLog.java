package io.github.cameldataverse.changes.harness;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Everything that some loggers say at TRACE, stack traces included, until it is closed; or that they say nothing until then.
 */
public final class CapturedLog implements AutoCloseable {

    private final LoggerContext context = LoggerContext.getContext(false);
    private final Configuration configuration = context.getConfiguration();
    private final List<String> names;
    private final Map<String, LoggerConfig> aside = new HashMap<>();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    public CapturedLog(String... loggers) {
        this(Level.TRACE, loggers);
    }

    private CapturedLog(Level level, String... loggers) {
        names = List.of(loggers);
        Appender appender = new Appender(lines);
        appender.start();
        for (String name : names) {
            LoggerConfig logger = new LoggerConfig(name, level, false);
            logger.addAppender(appender, level, null);
            add(name, logger);
        }
        context.updateLoggers();
    }

    /** Nothing is said by these loggers, nor kept, until it is closed. */
    public static CapturedLog ofNothing(String... loggers) {
        return new CapturedLog(Level.OFF, loggers);
    }

    /** One that is configured already would go on as it is without a word, so it steps aside until this is closed. */
    private void add(String name, LoggerConfig logger) {
        LoggerConfig stepsAside = configuration.getLoggers().get(name);
        if (stepsAside != null) {
            aside.put(name, stepsAside);
            configuration.removeLogger(name);
        }
        configuration.addLogger(name, logger);
    }

    /** The lines so far, each with its level and the name of its logger. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        names.forEach(configuration::removeLogger);
        aside.forEach(configuration::addLogger);
        context.updateLoggers();
    }

    private static final class Appender extends AbstractAppender {

        private final List<String> lines;

        Appender(List<String> lines) {
            super("captured", null, null, false, Property.EMPTY_ARRAY);
            this.lines = lines;
        }

        @Override
        public void append(LogEvent event) {
            StringWriter text = new StringWriter();
            text.append(event.getLevel().name())
                    .append(' ')
                    .append(event.getLoggerName())
                    .append(": ")
                    .append(event.getMessage().getFormattedMessage());
            if (event.getThrown() != null) {
                text.append('\n');
                event.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            lines.add(text.toString());
        }
    }
}
