package io.github.cameldataverse.changes.benchmarks.reader;

import com.sap.cloud.sdk.datamodel.odata.client.ODataProtocol;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestRead;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestResultGeneric;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** The OData client of SAP's Cloud SDK, with a map per row. */
final class SapReader implements Reader {

    private final CloseableHttpClient client;
    private final Site site;

    SapReader(Site site) {
        this.site = site;
        HttpHost host = new HttpHost(site.origin().getHost(), site.origin().getPort(), "http");
        client = HttpClients.custom()
                .setRoutePlanner((target, request, context) -> new HttpRoute(host))
                .build();
    }

    @Override
    public Reading read() {
        ODataRequestRead request = new ODataRequestRead("/api/data/v9.2/", Site.TABLE + "0s", "", ODataProtocol.V4);
        request.addHeader("Authorization", "Bearer demo");
        request.addHeader("Prefer", "odata.track-changes");
        ODataRequestResultGeneric page = request.execute(client);
        long rows = page.asListOfMaps().size();
        for (int i = 1; i < site.pages(); i++) {
            page = page.tryGetNextPage().get();
            rows += page.asListOfMaps().size();
        }
        return new Reading(
                rows, page.getNextLink().isDefined() || page.getDeltaLink().isDefined());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
