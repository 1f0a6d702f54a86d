package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.tooling.model.PojoBeanModel;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

    private static final String PAGE = "docs/options.md";
    private static final String GENERATED = "component/camel-dataverse-changes/src/generated/resources/META-INF/";

    @Test
    void thePageIsCurrent() {
        String current = new OptionsPage(component(), beans()).text();
        if (Boolean.getBoolean("docs.update")) {
            Repository.write(PAGE, current);
        }
        assertThat(Repository.read(PAGE))
                .as(
                        "%s is not current; write it anew with ./mvnw -pl component/camel-dataverse-changes -am test"
                                + " -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true",
                        PAGE)
                .isEqualTo(current);
    }

    @Test
    void everyOptionAndEveryHeaderSaysWhatItDoes() {
        ComponentModel component = component();
        assertThat(Stream.of(
                                component.getEndpointOptions(),
                                component.getComponentOptions(),
                                component.getEndpointHeaders())
                        .flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(option.getDescription()).as(option.getName()).isNotBlank());
    }

    static ComponentModel component() {
        return JsonMapper.generateComponentModel(
                Repository.read(GENERATED + "io/github/cameldataverse/changes/dataverse-changes.json"));
    }

    private static List<PojoBeanModel> beans() {
        return Repository.list(GENERATED + "services/org/apache/camel/bean", ".json").stream()
                .map(Repository::read)
                .map(JsonMapper::generatePojoBeanModel)
                .toList();
    }
}
