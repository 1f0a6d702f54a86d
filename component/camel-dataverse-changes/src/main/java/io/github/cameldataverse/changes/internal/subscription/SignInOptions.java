package io.github.cameldataverse.changes.internal.subscription;

import static io.github.cameldataverse.changes.option.CredentialType.ACCESS_TOKEN;
import static io.github.cameldataverse.changes.option.CredentialType.ACCESS_TOKEN_PROVIDER;
import static io.github.cameldataverse.changes.option.CredentialType.CLIENT_CERTIFICATE;
import static io.github.cameldataverse.changes.option.CredentialType.CLIENT_SECRET;
import static io.github.cameldataverse.changes.option.CredentialType.WORKLOAD_IDENTITY;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.internal.signin.CertificateFile;
import io.github.cameldataverse.changes.internal.signin.ClientProof;
import io.github.cameldataverse.changes.internal.signin.ClientSecret;
import io.github.cameldataverse.changes.internal.signin.FederatedTokenFile;
import io.github.cameldataverse.changes.option.CredentialType;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which one of the ways to sign in the user has chosen.
 *
 * @param organization to sign in to
 * @param environment the environment variables that the platform sets for workload identities
 */
record SignInOptions(DataverseChangesConfiguration options, URI organization, Environment environment) {

    /** Environment variables by name. */
    @FunctionalInterface
    interface Environment {
        @Nullable
        String get(String name);
    }

    SignIn checked() {
        return switch (chosen()) {
            case CLIENT_SECRET ->
                application(
                        new ClientSecret(
                                beside("credentialType=clientSecret", "clientSecret", options.getClientSecret())),
                        "The option clientSecret");
            case CLIENT_CERTIFICATE -> application(certificate(), "The option certificateFile");
            case MANAGED_IDENTITY ->
                new SignIn.Resource(given(options.getClientId()).orElse(""));
            case WORKLOAD_IDENTITY -> workload();
            case ACCESS_TOKEN ->
                new SignIn.Fixed(beside("credentialType=accessToken", "accessToken", options.getAccessToken()));
            case ACCESS_TOKEN_PROVIDER ->
                Optional.ofNullable(options.getAccessTokenProvider())
                        .map(SignIn.Bean::new)
                        .orElseThrow(() -> missing("credentialType=accessTokenProvider", "accessTokenProvider"));
        };
    }

    private CredentialType chosen() {
        return Optional.ofNullable(options.getCredentialType()).orElseGet(this::implied);
    }

    /** Whether access tokens have to come from a bean that no option names. */
    static boolean lacksProvider(DataverseChangesConfiguration options) {
        CredentialType type = options.getCredentialType();
        return options.getAccessTokenProvider() == null
                && (type == ACCESS_TOKEN_PROVIDER
                        || type == null && impliedBy(options).isEmpty());
    }

    /** By the one option that goes with no other type. */
    private CredentialType implied() {
        List<CredentialType> implied = impliedBy(options);
        if (implied.size() != 1) {
            throw new IllegalArgumentException("Choose one way to sign in: tenantId and clientId with clientSecret or"
                    + " certificateFile, or credentialType=managedIdentity or workloadIdentity, or accessToken, or"
                    + " accessTokenProvider; "
                    + (implied.isEmpty() ? "none is given" : "more than one are given, and credentialType is not"));
        }
        return implied.get(0);
    }

    private static List<CredentialType> impliedBy(DataverseChangesConfiguration options) {
        List<CredentialType> implied = new ArrayList<>();
        given(options.getClientSecret()).ifPresent(secret -> implied.add(CLIENT_SECRET));
        given(options.getCertificateFile()).ifPresent(file -> implied.add(CLIENT_CERTIFICATE));
        given(options.getFederatedTokenFile()).ifPresent(file -> implied.add(WORKLOAD_IDENTITY));
        given(options.getAccessToken()).ifPresent(token -> implied.add(ACCESS_TOKEN));
        Optional.ofNullable(options.getAccessTokenProvider()).ifPresent(bean -> implied.add(ACCESS_TOKEN_PROVIDER));
        return implied;
    }

    private SignIn application(ClientProof proof, String needing) {
        String tenant = tenant(beside(needing, "tenantId", options.getTenantId()));
        return new SignIn.Application(
                authority("authority", options.getAuthority()) + "/" + tenant + "/",
                beside(needing, "clientId", options.getClientId()),
                proof);
    }

    private ClientProof certificate() {
        String file = beside("credentialType=clientCertificate", "certificateFile", options.getCertificateFile());
        return new CertificateFile(
                path("certificateFile", file),
                Optional.ofNullable(options.getCertificatePassword()).orElse(""),
                Clock.systemUTC());
    }

    /** What is not an option is where the platform leaves it, by the names that all of Microsoft's libraries know. */
    private SignIn workload() {
        String tenant = tenant(orVariable("tenantId", options.getTenantId(), "AZURE_TENANT_ID"));
        String client = orVariable("clientId", options.getClientId(), "AZURE_CLIENT_ID");
        String file = orVariable("federatedTokenFile", options.getFederatedTokenFile(), "AZURE_FEDERATED_TOKEN_FILE");
        String authority = given(options.getAuthority()).isPresent()
                ? authority("authority", options.getAuthority())
                : authority("authority (or AZURE_AUTHORITY_HOST)", environment.get("AZURE_AUTHORITY_HOST"));
        return new SignIn.Application(
                authority + "/" + tenant + "/", client, new FederatedTokenFile(path("federatedTokenFile", file)));
    }

    private String orVariable(String option, @Nullable String value, String variable) {
        return given(value)
                .or(() -> given(environment.get(variable)))
                .orElseThrow(() -> new IllegalArgumentException("credentialType=workloadIdentity needs the option "
                        + option + " or the environment variable " + variable + ", and both are missing"));
    }

    private String authority(String name, @Nullable String value) {
        URI authority = new OriginOption(name, given(value).orElse(Cloud.authorityOf(organization)), false).checked();
        Cloud.check(organization, authority);
        return authority.toString();
    }

    private static String tenant(String tenant) {
        if (!tenant.matches("[A-Za-z0-9.-]{1,255}")) {
            throw new IllegalArgumentException("The option tenantId must be the id or a domain of a tenant");
        }
        return tenant;
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text.startsWith("file:") ? text.substring("file:".length()) : text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The option " + option + " must be the path of a file");
        }
    }

    private static String beside(String needing, String option, @Nullable String value) {
        return given(value).orElseThrow(() -> missing(needing, option));
    }

    private static IllegalArgumentException missing(String needing, String option) {
        return new IllegalArgumentException(
                needing.startsWith("The")
                        ? needing + " needs tenantId and clientId beside it, and " + option + " is missing"
                        : needing + " needs the option " + option);
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
