import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class QuickStart extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        new Main(QuickStart.class).run(args);
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?select=name,revenue&delay=2s")
                .routeId("accounts")
                .log("${header.CamelDataverseChangesChangeType} ${header.CamelDataverseChangesKey} ${body}");
    }
}
