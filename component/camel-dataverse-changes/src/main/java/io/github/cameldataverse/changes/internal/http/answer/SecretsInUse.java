package io.github.cameldataverse.changes.internal.http.answer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that one connection sends. A service, a gateway or a sign-in service may repeat a request in its answer, or a
 * part of it; so every text of theirs passes here before it stands in a message. What is looked for is each part of a secret of
 * eight characters, as it is, URL-encoded and in base64: so a repetition that was cut anywhere shows no more than seven. A
 * secret of less than four characters is not looked for, because every text has it. Thread-safe.
 */
public final class SecretsInUse {

    private static final int PART = 8;
    private static final int SHORTEST = 4;
    private static final int MOST_RENEWED = 16;
    private static final int LONGEST_TEXT = 4096;
    private static final String COVER = "[redacted]";

    private final Map<String, List<String>> configured = new LinkedHashMap<>();
    private final Map<String, List<String>> renewed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MOST_RENEWED;
        }
    };

    /** Notes a secret that stays the same, such as a password. */
    public synchronized void keep(String secret) {
        configured.computeIfAbsent(secret, SecretsInUse::forms);
    }

    /** Notes a secret that another one replaces before long, such as an access token; only the last of them are looked for. */
    public synchronized void renew(String secret) {
        renewed.computeIfAbsent(secret, SecretsInUse::forms);
    }

    private static List<String> forms(String secret) {
        if (secret.length() < SHORTEST) {
            return List.of();
        }
        List<String> forms = new ArrayList<>(List.of(secret));
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        if (!encoded.equals(secret)) {
            forms.add(encoded);
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            String inside = insideOfBase64(bytes, before);
            if (inside.length() >= PART) {
                forms.add(inside);
            }
        }
        return List.copyOf(forms);
    }

    /** What base64 makes of a secret alone, behind so many bytes of something else, such as a user's name and a colon. */
    private static String insideOfBase64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int firstOfItsOwn = before == 0 ? 0 : before + 1;
        int behindItsOwn = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(Math.min(firstOfItsOwn, behindItsOwn), behindItsOwn);
    }

    /** The text as one line for a message: without secrets, without control characters, and of at most 300 characters. */
    public String clean(String text) {
        // What is cut here is far behind what is cut there, unless it is a secret.
        return ServiceText.clean(redacted(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT)));
    }

    /** The text with each part of a secret replaced. */
    public String redacted(String text) {
        BitSet secret = new BitSet();
        known().forEach(form -> mark(text, form, secret));
        return secret.isEmpty() ? text : covered(text, secret);
    }

    private synchronized List<String> known() {
        List<String> known = new ArrayList<>();
        configured.values().forEach(known::addAll);
        renewed.values().forEach(known::addAll);
        return known;
    }

    private static void mark(String text, String form, BitSet secret) {
        int part = Math.min(PART, form.length());
        for (int at = 0; at + part <= text.length(); at++) {
            if (form.contains(text.substring(at, at + part))) {
                secret.set(at, at + part);
            }
        }
    }

    private static String covered(String text, BitSet secret) {
        StringBuilder covered = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (secret.get(at)) {
                covered.append(COVER);
                at = secret.nextClearBit(at);
            } else {
                covered.append(text.charAt(at++));
            }
        }
        return covered.toString();
    }

    /**
     * The cause of a fault as it is; or something in its place that says where it came from, if its words or those of its own
     * causes hold a secret: a stack trace in a log prints them all.
     */
    public Throwable fit(Throwable cause) {
        return isFit(cause, Collections.newSetFromMap(new IdentityHashMap<>())) ? cause : new WithheldCause(cause);
    }

    private boolean isFit(@Nullable Throwable cause, Set<Throwable> seen) {
        if (cause == null || !seen.add(cause)) {
            return true;
        }
        String words = cause.toString();
        return redacted(words).equals(words)
                && isFit(cause.getCause(), seen)
                && List.of(cause.getSuppressed()).stream().allMatch(each -> isFit(each, seen));
    }

    @Override
    public String toString() {
        return "secrets that are not shown";
    }

    /** Stands for a failure whose words hold a secret. */
    private static final class WithheldCause extends Exception {

        private static final long serialVersionUID = 1L;

        WithheldCause(Throwable cause) {
            super("The words of this " + cause.getClass().getName() + " hold a secret and are left out");
            setStackTrace(cause.getStackTrace());
        }
    }
}
