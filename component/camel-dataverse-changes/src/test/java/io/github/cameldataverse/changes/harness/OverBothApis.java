package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Tag;

/**
 * Every test of the class is run twice by the build, with readers of the Web API and with readers of the Organization
 * Service: {@code -Dlab.api=organizationService}. A class with parameters would do the same in one run, but of its two
 * runs the reports keep only the last.
 */
@Tag("both-apis")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OverBothApis {

    /** The one that is asked in this run. */
    ChangeTrackingApi API =
            ChangeTrackingApi.valueOf(StringHelper.asEnumConstantValue(System.getProperty("lab.api", "webApi")));
}
