package io.github.cameldataverse.changes.behaviour.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.harness.ProvesFault;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What Camel's operations in management dump of a route is its text: there a secret is seen that stands in the URI, and one
 * that a placeholder stands for if the dump is asked to resolve them. The component's own options are in no dump.
 */
class SecretsInManagementTest {

    private static final String SECRET = "Canary~InTheRoute";

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    @ProvesFault("S6")
    void aSecretOfTheComponentIsInNoDump() throws Exception {
        context.getComponent("dataverse-changes", DataverseChangesComponent.class)
                .getConfiguration()
                .setAccessToken(SECRET);
        assertThat(dumpsOf("")).isNotEmpty().noneMatch(dump -> dump.contains(SECRET));
    }

    @Test
    void aSecretInTheUriIsInTheDumpsOfItsRoute() throws Exception {
        assertThat(dumpsOf("&accessToken=RAW(" + SECRET + ")")).anyMatch(dump -> dump.contains(SECRET));
    }

    @Test
    void aPlaceholderInTheUriIsResolvedByADumpThatIsAskedTo() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.token", SECRET);
        context.getPropertiesComponent().setInitialProperties(properties);
        List<String> dumps = dumpsOf("&accessToken={{the.token}}");

        assertThat(dumps).anyMatch(dump -> dump.contains("{{the.token}}") && !dump.contains(SECRET));
        assertThat(dumps).anyMatch(dump -> dump.contains(SECRET));
    }

    private List<String> dumpsOf(String more) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("dataverse-changes:account?organizationUrl=http://localhost:9&allowInsecure=true" + more)
                        .autoStartup(false)
                        .to("mock:changes");
            }
        });
        context.start();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> dumps = new ArrayList<>();
        Set<ObjectName> beans = server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"), null);
        for (ObjectName bean : beans) {
            for (MBeanOperationInfo operation : server.getMBeanInfo(bean).getOperations()) {
                if (operation.getName().matches("dumpRoutes?AsXml")) {
                    dumps.addAll(dumps(server, bean, operation));
                }
            }
        }
        return dumps;
    }

    /** With all switches on and with all off. */
    private static List<String> dumps(MBeanServer server, ObjectName bean, MBeanOperationInfo operation)
            throws Exception {
        List<String> dumps = new ArrayList<>();
        for (Boolean value : new Boolean[] {true, false}) {
            MBeanParameterInfo[] parameters = operation.getSignature();
            Object[] values = new Object[parameters.length];
            String[] types = new String[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                values[i] = value;
                types[i] = parameters[i].getType();
            }
            dumps.add(String.valueOf(server.invoke(bean, operation.getName(), values, types)));
        }
        return dumps;
    }
}
