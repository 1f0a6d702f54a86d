package io.github.cameldataverse.changes.testkit;

import java.util.List;
import java.util.Map;

/**
 * A request that the simulator received.
 *
 * @param method in upper case
 * @param pathAndQuery as it was sent
 * @param headers by name, case-insensitive, each with its lines
 * @param body as text, empty when there is none
 */
public record ReceivedRequest(String method, String pathAndQuery, Map<String, List<String>> headers, String body) {}
