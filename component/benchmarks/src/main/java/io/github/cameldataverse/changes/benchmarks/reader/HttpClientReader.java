package io.github.cameldataverse.changes.benchmarks.reader;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Apache's HttpClient, the one that Camel HTTP has, and the least that one can do with a page: the floor for whoever reads pages
 * by HTTP.
 */
final class HttpClientReader implements Reader {

    /** What is done with a page. */
    interface PageReader {

        /** Reads a page and finds the link of the next one, or nothing behind the last one. */
        Found read(byte[] page) throws IOException;
    }

    /**
     * @param rows of the page
     * @param nextLink of the page; empty in the last one
     */
    record Found(long rows, String nextLink) {}

    private final CloseableHttpClient client = HttpClients.createDefault();
    private final PageReader pages;
    private final Site site;

    HttpClientReader(Site site, PageReader pages) {
        this.site = site;
        this.pages = pages;
    }

    @Override
    public Reading read() throws IOException {
        long rows = 0;
        for (String link = site.firstLink(); !link.isEmpty(); ) {
            Found found = pages.read(page(link));
            rows += found.rows();
            link = found.nextLink();
        }
        return new Reading(rows, true);
    }

    private byte[] page(String link) throws IOException {
        HttpGet request = new HttpGet(link);
        request.setHeader("Authorization", "Bearer demo");
        request.setHeader("Prefer", "odata.track-changes");
        return client.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
