package io.github.cameldataverse.changes.internal.http;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Lets MSAL4J speak through the user's HTTP client, so that TLS and proxy settings hold for the authority too. MSAL4J makes
 * messages and log lines of its own out of what the authority says, so an answer that holds no token comes to it without the
 * secrets of the request.
 */
public final class AuthorityHttpClient implements IHttpClient {

    /** No error of an authority is as long. */
    private static final int LONGEST_ERROR = 64 * 1024;

    private static final int LARGEST = 1024 * 1024;

    private final HttpCalls calls;
    private final SecretsInUse secrets;

    public AuthorityHttpClient(HttpCalls calls) {
        this.calls = calls;
        this.secrets = calls.secrets();
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        SignInSecrets.ofRequest(request.headers(), request.body()).forEach(secrets::renew);
        Answer answer = answer(request);
        String body = answer.body().text();
        List<String> tokens = SignInSecrets.ofAnswer(body).toList();
        if (answer.isSuccess() && !tokens.isEmpty()) {
            tokens.forEach(secrets::renew);
            return response(answer, body, text -> text);
        }
        String error = body.length() <= LONGEST_ERROR ? body : body.substring(0, LONGEST_ERROR);
        return response(answer, secrets.redacted(error), secrets::redacted);
    }

    private Answer answer(HttpRequest request) throws IOException {
        try {
            return bounded(calls.send(requestOf(request)));
        } catch (IOException e) {
            if (secrets.fit(e) == e) {
                throw e;
            }
            throw new IOException(secrets.clean(e.toString()), secrets.fit(e));
        }
    }

    private static IHttpResponse response(Answer answer, String body, UnaryOperator<String> fit) {
        HttpResponse response = new HttpResponse().statusCode(answer.status()).body(body);
        response.addHeaders(headersOf(answer, fit));
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

    private static Map<String, List<String>> headersOf(Answer answer, UnaryOperator<String> fit) {
        return answer.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(fit.apply(header.getValue()))));
    }
}
