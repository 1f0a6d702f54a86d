package io.github.cameldataverse.changes.benchmarks.reader;

import java.net.URI;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.core.ODataClientFactory;

/** Apache Olingo's client, which camel-olingo4 is made on. It makes a tree of typed objects of each page. */
final class OlingoReader implements Reader {

    private final ODataClient client = ODataClientFactory.getClient();
    private final Site site;

    OlingoReader(Site site) {
        this.site = site;
    }

    @Override
    public Reading read() {
        ClientEntitySet page = page(URI.create(site.firstLink()));
        long rows = page.getEntities().size();
        for (int i = 1; i < site.pages(); i++) {
            page = page(page.getNext());
            rows += page.getEntities().size();
        }
        return new Reading(rows, page.getNext() != null || page.getDeltaLink() != null);
    }

    private ClientEntitySet page(URI link) {
        ODataEntitySetRequest<ClientEntitySet> request =
                client.getRetrieveRequestFactory().getEntitySetRequest(link);
        request.addCustomHeader("Authorization", "Bearer demo");
        request.setPrefer("odata.track-changes");
        return request.execute().getBody();
    }
}
