package io.github.cameldataverse.changes.benchmarks.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Asks the Organization Service for the pages, goes through the events of the JDK's XML parser, reads each text, and keeps
 * nothing: the floor for that API.
 */
final class StaxLoop implements Reader {

    private final CloseableHttpClient client = HttpClients.createDefault();
    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private final Site site;
    private long characters;

    StaxLoop(Site site) {
        this.site = site;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    @Override
    public Reading read() throws IOException, XMLStreamException {
        long rows = 0;
        for (int page = 1; page <= site.pages(); page++) {
            rows += rows(page(page));
        }
        return new Reading(rows, characters > 0);
    }

    private byte[] page(int number) throws IOException {
        HttpPost request = new HttpPost(site.origin() + "/XRMServices/2011/Organization.svc/web");
        request.setHeader("Authorization", "Bearer demo");
        String body = "<RetrieveEntityChanges><PageNumber>" + number + "</PageNumber></RetrieveEntityChanges>";
        request.setEntity(new StringEntity(body, ContentType.TEXT_XML.withCharset(StandardCharsets.UTF_8)));
        return client.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
    }

    private long rows(byte[] page) throws XMLStreamException {
        long rows = 0;
        XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(page));
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.CHARACTERS) {
                characters += xml.getText().length();
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("NewOrUpdatedEntity")) {
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
