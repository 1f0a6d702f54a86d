package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells which failures of the network go away by themselves. */
final class NetworkFaults {

    private NetworkFaults() {}

    static ServiceFault of(String origin, IOException e) {
        if (e instanceof BoundedBody.BodyTooLargeException) {
            return new ServiceFault.Permanent(String.valueOf(e.getMessage()), e);
        }
        if (e instanceof HttpCalls.HeadTooLargeException) {
            return new ServiceFault.Permanent(origin + ": " + e.getMessage(), e);
        }
        if (e instanceof SSLException && isAboutTheCertificate(e)) {
            return new ServiceFault.Permanent(
                    "The certificate of " + origin + " is not trusted (" + reason(e)
                            + "); add its authority to the trust store of sslContextParameters",
                    e);
        }
        return new ServiceFault.Transient(origin + " could not be reached: " + reason(e), 0, e);
    }

    private static boolean isAboutTheCertificate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException e) {
        return ServiceText.clean(e.getClass().getSimpleName() + ": " + messageOf(e));
    }

    private static String messageOf(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? "no further word" : e.getMessage();
    }
}
