package io.github.cameldataverse.changes.testkit.harness;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What tests ask the simulator with. */
public final class WebApiClient {
    public static final String TRACK = "odata.track-changes";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final URI organization;

    public WebApiClient(URI organization) {
        this.organization = organization;
    }

    /** What came back. */
    public record Reply(int status, HttpResponse<String> response) {
        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            return WebApiClient.json(body());
        }

        public String code() {
            return json().at("/error/code").asText();
        }

        public String message() {
            return json().at("/error/message").asText();
        }
    }

    /** The address of something below the Web API; blanks are encoded, nothing else. */
    public URI api(String resource) {
        return URI.create(organization + "/api/data/v9.2/" + resource.replace(" ", "%20"));
    }

    public Reply get(String resource, String... preferences) {
        return get(api(resource), preferences);
    }

    public static Reply get(URI uri, String... preferences) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        for (String preference : preferences) {
            request.header("Prefer", preference);
        }
        return send(request.build());
    }

    public static Reply send(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        return new Reply(response.statusCode(), response);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public static JsonNode json(String text) {
        try {
            return EXACT.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** All pages of a round. */
    public static List<JsonNode> pages(URI first, String... preferences) {
        List<JsonNode> pages = new ArrayList<>();
        URI next = first;
        while (next != null) {
            JsonNode page = get(next, preferences).json();
            pages.add(page);
            next = page.has("@odata.nextLink")
                    ? URI.create(page.get("@odata.nextLink").asText())
                    : null;
        }
        return pages;
    }

    /** The rows and tombstones of a round, page after page. */
    public static List<JsonNode> values(List<JsonNode> pages) {
        List<JsonNode> values = new ArrayList<>();
        pages.forEach(page -> page.get("value").forEach(values::add));
        return values;
    }

    /** Where the next delta begins. */
    public static URI deltaLink(List<JsonNode> pages) {
        return URI.create(pages.get(pages.size() - 1).get("@odata.deltaLink").asText());
    }
}
