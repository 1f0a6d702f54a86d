package io.github.cameldataverse.changes.testkit.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two bytes that are no UTF-8 stand in the first text of a page, JSON or XML. A reader that is not strict replaces them
 * and goes on, with a text that nobody wrote. An answer without a text stays as it is.
 */
public record InvalidUtf8() implements Fault {
    private static final Pattern TEXT = Pattern.compile("string\"[^>]*>|\\{\"@odata\\.etag\":[^,]*,\"[^\"]+\":\"");
    private static final byte[] BROKEN = {(byte) 0xC3, 0x28};

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = proper.get();
        String text = answer.body().text();
        Matcher found = TEXT.matcher(text);
        return found.find() ? answer.body(ResponseBody.of(broken(text, found.end()))) : answer;
    }

    private static byte[] broken(String text, int at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + BROKEN.length);
        bytes.writeBytes(text.substring(0, at).getBytes(UTF_8));
        bytes.writeBytes(BROKEN);
        bytes.writeBytes(text.substring(at).getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
