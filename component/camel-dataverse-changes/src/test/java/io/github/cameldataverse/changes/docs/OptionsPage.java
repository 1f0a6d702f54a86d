package io.github.cameldataverse.changes.docs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;
import org.apache.camel.tooling.model.PojoBeanModel;

/** Writes the page of options from the descriptions that the build generates. */
final class OptionsPage {

    private static final String TABLE_HEAD = "| option | default | type | what it does |\n|---|---|---|---|\n";

    private final ComponentModel component;
    private final List<PojoBeanModel> beans;
    private final StringBuilder page = new StringBuilder();

    OptionsPage(ComponentModel component, List<PojoBeanModel> beans) {
        this.component = component;
        this.beans = beans;
    }

    String text() {
        page.append("<!-- Generated; see CONTRIBUTING.md. Do not edit. -->\n\n# Options\n\n");
        page.append("`").append(component.getSyntax()).append("?option=value&…`\n\n");
        page.append("A duration is a number of milliseconds or a text such as `30s`, `5m` or `1h`. An option with a `*`"
                + " can also be set once for all endpoints, at the component:"
                + " `camel.component.dataverse-changes.<option>`.\n\n");
        page.append("Camel Main finds environment variables named after a component, such as"
                + " `CAMEL_COMPONENT_DATAVERSE_CHANGES_CLIENT_SECRET`, for the components of Apache Camel alone, whose names"
                + " it knows: it takes `dataverse` for the name of this one. Name the variable in a property instead:"
                + " `camel.component.dataverse-changes.clientSecret = {{env:CLIENT_SECRET}}`.\n\n");
        page.append(
                "Spring Boot reads that prefix for the components that have a starter, and this one has none: there give an"
                        + " option in the URI of the endpoint, or set it on a bean of the component's class with the name"
                        + " `dataverse-changes`.\n\n");
        path();
        endpointGroups();
        componentOnly();
        headers();
        beans();
        return page.toString();
    }

    private void path() {
        page.append("## In the path\n\n").append(TABLE_HEAD);
        component.getEndpointPathOptions().forEach(option -> row(option, ""));
    }

    private void endpointGroups() {
        Set<String> shared = names(component.getComponentOptions());
        Map<String, List<BaseOptionModel>> groups = component.getEndpointParameterOptions().stream()
                .collect(Collectors.groupingBy(
                        BaseOptionModel::getGroup, LinkedHashMap::new, Collectors.<BaseOptionModel>toList()));
        groups.forEach((group, options) -> {
            page.append("\n## Endpoint: ").append(group).append("\n\n").append(TABLE_HEAD);
            options.forEach(option -> row(option, shared.contains(option.getName()) ? " *" : ""));
        });
    }

    private void componentOnly() {
        Set<String> shared = names(component.getEndpointParameterOptions());
        page.append("\n## Component only\n\n").append(TABLE_HEAD);
        component.getComponentOptions().stream()
                .filter(option -> !shared.contains(option.getName()))
                .forEach(option -> row(option, ""));
    }

    private void headers() {
        page.append("\n## Message headers\n\n| header | type | what it says |\n|---|---|---|\n");
        component.getEndpointHeaders().forEach(this::header);
    }

    private void header(EndpointHeaderModel header) {
        page.append("| `").append(header.getName()).append("` | ").append(header.getShortJavaType());
        page.append(" | ").append(description(header)).append(" |\n");
    }

    private void beans() {
        page.append("\n## Token repositories\n\nFor the option `idempotentRepository`, as beans.\n");
        for (PojoBeanModel bean : beans) {
            page.append("\n### ").append(bean.getName()).append("\n\n`").append(bean.getJavaType());
            page.append("`  \n").append(bean.getDescription()).append("\n\n").append(TABLE_HEAD);
            bean.getOptions().forEach(option -> row(option, ""));
        }
    }

    private void row(BaseOptionModel option, String mark) {
        page.append("| `").append(option.getName()).append("`").append(mark);
        page.append(" | ").append(defaultOf(option)).append(" | ").append(typeOf(option));
        page.append(" | ").append(description(option)).append(" |\n");
    }

    private static String defaultOf(BaseOptionModel option) {
        return option.getDefaultValue() == null ? "" : "`" + option.getDefaultValue() + "`";
    }

    private static String typeOf(BaseOptionModel option) {
        return "object".equals(option.getType()) ? option.getShortJavaType() : option.getType();
    }

    private static String description(BaseOptionModel option) {
        StringBuilder text = new StringBuilder();
        if (option.isRequired()) {
            text.append("**Required.** ");
        }
        if (option.isSecret()) {
            text.append("**Secret.** ");
        }
        text.append(option.getDescription().replace("|", "\\|").replace("<", "&lt;"));
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            text.append(text.charAt(text.length() - 1) == '.' ? "" : ".");
            text.append(" One of `")
                    .append(String.join("`, `", option.getEnums()))
                    .append("`.");
        }
        return text.toString();
    }

    private static Set<String> names(Collection<? extends BaseOptionModel> options) {
        return options.stream().map(BaseOptionModel::getName).collect(Collectors.toSet());
    }
}
