package com.example;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class QuickStart extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new QuickStart());
        main.run(args);
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?select=name,revenue&delay=2s")
                .routeId("accounts")
                .log("${header.CamelDataverseChangesChangeType} ${header.CamelDataverseChangesKey} ${body}");
    }
}
