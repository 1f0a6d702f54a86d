package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorityHttpClientTest {

    private static final int MIB = 1024 * 1024;

    @Test
    @ProvesFault("S9")
    void anAnswerOfTheSignInServiceHasAtMostOneMebibyte() throws Exception {
        assertThat(AuthorityHttpClient.bounded(answer(MIB)).body().length()).isEqualTo(MIB);
        assertThatThrownBy(() -> AuthorityHttpClient.bounded(answer(MIB + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer of the sign-in service has more than 1048576 bytes");
    }

    private static Answer answer(int bytes) {
        return new Answer(
                URI.create("https://login.example/"),
                200,
                Map.of(),
                new Body(new byte[bytes], bytes),
                Instant.EPOCH,
                new SecretsInUse());
    }
}
