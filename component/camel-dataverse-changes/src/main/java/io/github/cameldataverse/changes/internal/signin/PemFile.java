package io.github.cameldataverse.changes.internal.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a private key (PKCS8, encrypted or not) and its certificates from text, as RFC 7468 has it. */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private final List<X509Certificate> chain = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();
    private final String password;

    private PemFile(String password) {
        this.password = password;
    }

    static boolean isPem(byte[] content) {
        return new String(content, ISO_8859_1).contains("-----BEGIN ");
    }

    static KeyWithChain read(byte[] content, String password) throws IOException {
        PemFile file = new PemFile(password);
        Matcher block = BLOCK.matcher(new String(content, ISO_8859_1));
        while (block.find()) {
            file.take(block.group(1), block.group(2));
        }
        return file.whole();
    }

    private KeyWithChain whole() throws UnfitFileException {
        if (keys.size() != 1) {
            throw new UnfitFileException("must hold one private key, and holds " + keys.size());
        }
        if (chain.isEmpty()) {
            throw new UnfitFileException(
                    "holds a private key without a certificate; put the certificate into the same file");
        }
        return new KeyWithChain(keys.get(0), List.copyOf(chain));
    }

    private void take(String label, String text) throws UnfitFileException {
        byte[] content = decoded(text);
        switch (label) {
            case "CERTIFICATE" -> chain.add(certificate(content));
            case PLAIN -> keys.add(key(new PKCS8EncodedKeySpec(content)));
            case ENCRYPTED -> keys.add(key(decrypted(content)));
            default -> refuseOldKeys(label);
        }
    }

    /** What OpenSSL wrote in its early days, and still does on request. Other blocks are passed over. */
    private static void refuseOldKeys(String label) throws UnfitFileException {
        if (label.endsWith(PLAIN)) {
            throw new UnfitFileException("has its key in the old form " + label
                    + "; turn it into PKCS8 with: openssl pkcs8 -topk8 -nodes -in old.key -out new.key");
        }
    }

    private static byte[] decoded(String text) throws UnfitFileException {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new UnfitFileException("holds a block of PEM that is not base64");
        }
    }

    private static X509Certificate certificate(byte[] content) throws UnfitFileException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new UnfitFileException("holds a certificate that cannot be read");
        }
    }

    private PKCS8EncodedKeySpec decrypted(byte[] content) throws UnfitFileException {
        if (password.isEmpty()) {
            throw new UnfitFileException("has an encrypted key; give its password in the option certificatePassword");
        }
        try {
            EncryptedPrivateKeyInfo locked = new EncryptedPrivateKeyInfo(content);
            return locked.getKeySpec(cipher(locked));
        } catch (GeneralSecurityException | IOException e) {
            throw new UnfitFileException("has an encrypted key that does not open with the certificatePassword given");
        }
    }

    private Cipher cipher(EncryptedPrivateKeyInfo locked) throws GeneralSecurityException {
        AlgorithmParameters parameters = locked.getAlgParameters();
        // Of the newer scheme (PBES2) the parameters know the full name, and print it; of the older ones the key does.
        String name = "PBES2".equals(locked.getAlgName()) || locked.getAlgName().startsWith("1.2.840.113549.1.5.13")
                ? parameters.toString()
                : locked.getAlgName();
        SecretKey key = SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        return cipher;
    }

    /** The kind of key is not known beforehand; that it is not RSA is said elsewhere, with its own sentence. */
    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws UnfitFileException {
        for (String kind : List.of("RSA", "EC", "RSASSA-PSS", "DSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue;
            } catch (GeneralSecurityException e) {
                break;
            }
        }
        throw new UnfitFileException("holds a private key that cannot be read");
    }
}
