package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.source.Api;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every test of the class is held by a reader of the Web API and by one of the Organization Service. */
@ParameterizedClass(name = "{0}")
@EnumSource(Api.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OverBothApis {}
