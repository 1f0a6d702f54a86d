package io.github.cameldataverse.changes.quarkus.newer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rows that the route was given. */
@ApplicationScoped
@Named("arrivals")
public class Arrivals {

    private final List<String> rows = new CopyOnWriteArrayList<>();

    public void add(String row) {
        rows.add(row);
    }

    List<String> rows() {
        return rows;
    }
}
