package io.github.cameldataverse.changes.internal.http;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Lets MSAL4J speak through the user's HTTP client, so that TLS and proxy settings hold for the authority too. */
public final class AuthorityHttpClient implements IHttpClient {

    private static final int LARGEST = 1024 * 1024;

    private final HttpCalls calls;

    public AuthorityHttpClient(HttpCalls calls) {
        this.calls = calls;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        Answer answer = bounded(calls.send(requestOf(request)));
        HttpResponse response = new HttpResponse()
                .statusCode(answer.status())
                .body(answer.body().text());
        response.addHeaders(headersOf(answer));
        return response;
    }

    /** MSAL4J makes texts and objects of it, several times its size. */
    static Answer bounded(Answer answer) throws IOException {
        if (answer.body().length() > LARGEST) {
            throw new IOException("the answer of the sign-in service has more than " + LARGEST + " bytes");
        }
        return answer;
    }

    private static HttpUriRequestBase requestOf(HttpRequest request) {
        String url = request.url().toString();
        HttpUriRequestBase made = request.httpMethod() == HttpMethod.POST ? new HttpPost(url) : new HttpGet(url);
        if (request.headers() != null) {
            request.headers().forEach(made::setHeader);
        }
        if (request.body() != null) {
            made.setEntity(new StringEntity(request.body(), contentTypeOf(request)));
        }
        return made;
    }

    private static ContentType contentTypeOf(HttpRequest request) {
        String value = request.headers() == null ? null : request.headerValue("Content-Type");
        return value == null ? ContentType.APPLICATION_FORM_URLENCODED : ContentType.parse(value);
    }

    private static Map<String, List<String>> headersOf(Answer answer) {
        return answer.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }
}
