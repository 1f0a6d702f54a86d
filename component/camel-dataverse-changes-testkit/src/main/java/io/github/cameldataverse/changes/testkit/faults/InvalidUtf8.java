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
 * Two bytes that are not UTF-8 stand in the first text of a page, JSON or XML. A reader that is not strict replaces them
 * and goes on, with a text that is in no row. A response without a text is left as it is.
 */
public record InvalidUtf8() implements Fault {
    private static final Pattern TEXT = Pattern.compile("string\"[^>]*>|\\{\"@odata\\.etag\":[^,]*,\"[^\"]+\":\"");
    private static final byte[] BROKEN = {(byte) 0xC3, 0x28};

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = proper.get();
        String text = response.body().text();
        Matcher found = TEXT.matcher(text);
        return found.find() ? response.body(ResponseBody.of(broken(text, found.end()))) : response;
    }

    private static byte[] broken(String text, int at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + BROKEN.length);
        bytes.writeBytes(text.substring(0, at).getBytes(UTF_8));
        bytes.writeBytes(BROKEN);
        bytes.writeBytes(text.substring(at).getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
