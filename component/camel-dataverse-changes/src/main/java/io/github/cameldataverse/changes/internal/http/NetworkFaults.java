package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells which failures of the network go away by themselves. */
final class NetworkFaults {

    private NetworkFaults() {}

    /** @param secrets which a message of the HTTP client shows where it quotes a line that it could not read */
    static ServiceFault of(String origin, IOException e, SecretsInUse secrets) {
        Throwable cause = secrets.fit(e);
        if (e instanceof BoundedBody.BodyTooLargeException) {
            return new ServiceFault.TooLarge(String.valueOf(e.getMessage()), cause);
        }
        if (e instanceof HttpCalls.HeadTooLargeException) {
            return new ServiceFault.Permanent(origin + ": " + secrets.redacted(String.valueOf(e.getMessage())), cause);
        }
        if (e instanceof SSLException && isAboutTheCertificate(e)) {
            return new ServiceFault.Permanent(
                    "The certificate of " + origin + " is not trusted (" + reason(e, secrets)
                            + "); add its authority to the trust store of sslContextParameters",
                    cause);
        }
        return new ServiceFault.Transient(origin + " could not be reached: " + reason(e, secrets), 0, cause);
    }

    private static boolean isAboutTheCertificate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException e, SecretsInUse secrets) {
        return secrets.clean(e.getClass().getSimpleName() + ": " + messageOf(e));
    }

    private static String messageOf(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? "no further word" : e.getMessage();
    }
}
