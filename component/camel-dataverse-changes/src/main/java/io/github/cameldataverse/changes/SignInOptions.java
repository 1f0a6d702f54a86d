package io.github.cameldataverse.changes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which one of the ways to sign in the user has chosen. */
record SignInOptions(DataverseChangesConfiguration options) {

    SignIn checked() {
        List<SignIn> chosen = Stream.of(bean(), fixed(), clientSecret())
                .flatMap(Optional::stream)
                .toList();
        if (chosen.size() != 1) {
            throw new IllegalArgumentException("Choose one way to sign in: tenantId with clientId and clientSecret,"
                    + " or accessToken, or accessTokenProvider; " + (chosen.isEmpty() ? "none is" : "more than one are")
                    + " given");
        }
        return chosen.get(0);
    }

    private Optional<SignIn> bean() {
        return Optional.ofNullable(options.getAccessTokenProvider()).map(SignIn.Bean::new);
    }

    private Optional<SignIn> fixed() {
        return given(options.getAccessToken()).map(SignIn.Fixed::new);
    }

    private Optional<SignIn> clientSecret() {
        return given(options.getClientSecret())
                .map(secret -> new SignIn.ClientSecret(
                        authority() + "/" + tenant() + "/", beside("clientId", options.getClientId()), secret));
    }

    private String authority() {
        return new OriginOption("authority", options.getAuthority(), false)
                .checked()
                .toString();
    }

    private String tenant() {
        String tenant = beside("tenantId", options.getTenantId());
        if (!tenant.matches("[A-Za-z0-9.-]{1,255}")) {
            throw new IllegalArgumentException("The option tenantId must be the id or a domain of a tenant");
        }
        return tenant;
    }

    private static String beside(String option, @Nullable String value) {
        return given(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The option clientSecret needs tenantId and clientId beside it, and " + option
                                + " is missing"));
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
