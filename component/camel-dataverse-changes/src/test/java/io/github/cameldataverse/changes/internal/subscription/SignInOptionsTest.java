package io.github.cameldataverse.changes.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.ClientSecret;
import io.github.cameldataverse.changes.auth.FederatedTokenFile;
import io.github.cameldataverse.changes.option.CredentialType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInOptionsTest {

    private final DataverseChangesConfiguration options = new DataverseChangesConfiguration();
    private final Map<String, String> environment = new HashMap<>();
    private String organization = "https://contoso.crm4.dynamics.com";

    @Test
    void aSecretMeansTheApplication() {
        application();
        options.setClientSecret("s");

        assertThat(checked())
                .isEqualTo(new SignIn.Application(
                        "https://login.microsoftonline.com/contoso.example/", "app", new ClientSecret("s")));
    }

    @Test
    void aManagedIdentityMustBeNamedAndMayHaveAnId() {
        options.setCredentialType(CredentialType.MANAGED_IDENTITY);
        assertThat(checked()).isEqualTo(new SignIn.Resource(""));

        options.setClientId("id");
        assertThat(checked()).isEqualTo(new SignIn.Resource("id"));
    }

    @Test
    void theTypeChoosesAmongSeveral() {
        application();
        options.setClientSecret("s");
        options.setAccessToken("t");
        options.setAccessTokenProvider(resource -> new AccessToken("t", Instant.MAX));
        options.setCredentialType(CredentialType.ACCESS_TOKEN);

        assertThat(checked()).isEqualTo(new SignIn.Fixed("t"));
    }

    @Test
    void aWorkloadTakesFromTheEnvironmentWhatIsNoOption() {
        environment.put("AZURE_TENANT_ID", "tenant");
        environment.put("AZURE_CLIENT_ID", "from-environment");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", "/var/run/token");
        environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/");
        options.setCredentialType(CredentialType.WORKLOAD_IDENTITY);
        options.setClientId("from-option");

        assertThat(checked())
                .isEqualTo(new SignIn.Application(
                        "https://login.microsoftonline.com/tenant/",
                        "from-option",
                        new FederatedTokenFile(Path.of("/var/run/token"))));
    }

    @Test
    void whatAWorkloadLacksIsNamedTwice() {
        options.setFederatedTokenFile("/var/run/token");
        options.setTenantId("tenant");

        assertRefused("credentialType=workloadIdentity needs the option clientId or the environment variable"
                + " AZURE_CLIENT_ID, and both are missing");
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET, credentialType=clientSecret needs the option clientSecret",
        "CLIENT_CERTIFICATE, credentialType=clientCertificate needs the option certificateFile",
        "ACCESS_TOKEN, credentialType=accessToken needs the option accessToken",
        "ACCESS_TOKEN_PROVIDER, credentialType=accessTokenProvider needs the option accessTokenProvider"
    })
    void aTypeWithoutItsOptionIsRefused(CredentialType type, String sentence) {
        options.setCredentialType(type);
        assertRefused(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.crm.dynamics.com, https://login.microsoftonline.com",
        "https://contoso.crm9.dynamics.com, https://login.microsoftonline.com",
        "https://CONTOSO.crm.MicrosoftDynamics.us, https://login.microsoftonline.us",
        "https://contoso.crm.appsplatform.us, https://login.microsoftonline.us",
        "https://contoso.crm.dynamics.cn, https://login.partner.microsoftonline.cn",
        "https://proxy.contoso.example, https://login.microsoftonline.com",
        "https://crm.dynamics.cn.contoso.example, https://login.microsoftonline.com"
    })
    void theCloudOfTheOrganizationSaysWhereToSignIn(String url, String authority) {
        organization = url;
        application();
        options.setClientSecret("s");

        assertThat(checked()).isInstanceOfSatisfying(SignIn.Application.class, signIn -> assertThat(signIn.authority())
                .isEqualTo(authority + "/contoso.example/"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.crm.microsoftdynamics.us, https://login.microsoftonline.com",
        "https://contoso.crm4.dynamics.com, https://login.microsoftonline.us",
        "https://contoso.crm.dynamics.cn, https://login.microsoftonline.com",
        "https://contoso.crm.appsplatform.us, https://login.chinacloudapi.cn"
    })
    void anAuthorityOfAnotherCloudIsRefused(String url, String authority) {
        organization = url;
        application();
        options.setClientSecret("s");
        options.setAuthority(authority);

        assertThatThrownBy(this::checked)
                .hasMessageStartingWith("The organization " + URI.create(url).getHost() + " is in the cloud ")
                .hasMessageEndingWith(
                        ", and the authority given is " + authority + "; leave authority out, or set it to that");
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.crm.dynamics.cn, https://login.chinacloudapi.cn",
        "https://contoso.crm4.dynamics.com, https://login.contoso.example",
        "https://proxy.contoso.example, https://login.microsoftonline.us"
    })
    void anAuthorityThatMayBeRightIsTaken(String url, String authority) {
        organization = url;
        application();
        options.setClientSecret("s");
        options.setAuthority(authority);

        assertThat(checked()).isInstanceOfSatisfying(SignIn.Application.class, signIn -> assertThat(signIn.authority())
                .isEqualTo(authority + "/contoso.example/"));
    }

    @Test
    void nothingPrintsASecret() {
        application();
        options.setClientSecret("Canary");
        assertThat(checked().toString()).doesNotContain("Canary");

        options.setClientSecret(null);
        options.setCertificateFile("/app.p12");
        options.setCertificatePassword("Canary");
        assertThat(checked().toString()).contains("/app.p12").doesNotContain("Canary");
    }

    private void application() {
        options.setTenantId("contoso.example");
        options.setClientId("app");
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(this::checked)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private SignIn checked() {
        return new SignInOptions(options, URI.create(organization), environment::get).checked();
    }
}
