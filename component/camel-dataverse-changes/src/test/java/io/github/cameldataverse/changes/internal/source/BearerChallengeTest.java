package io.github.cameldataverse.changes.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer authorization_uri=https://login.microsoftonline.com/72f9-47/oauth2/authorize, resource_id=https://x/ | 72f9-47 at login.microsoftonline.com",
                "Bearer authorization_uri=\"https://login.microsoftonline.us/contoso.example/oauth2/authorize\" | contoso.example at login.microsoftonline.us",
                "Bearer resource_id=\"https://x/\",Authorization_Uri = https://login.example:8443/common | common at login.example",
                "Negotiate, Bearer authorization_uri=https://login.example/t | t at login.example"
            })
    void theTenantIsFoundInEveryForm(String challenge, String place) {
        assertThat(BearerChallenge.place(challenge)).contains("the tenant " + place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer authorization_uri=",
                "Bearer authorization_uri=http://login.example/t",
                "Bearer authorization_uri=https://login.example/",
                "Bearer authorization_uri=https://user:password@login.example/t",
                "Bearer authorization_uri=https://login.example/%0d%0aforged",
                "Bearer no_authorization_uri=https://login.example/t"
            })
    void whatIsNoPlaceIsNotNamed(String challenge) {
        assertThat(BearerChallenge.place(challenge)).isEmpty();
    }
}
