package dev.trestle.source;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** How a server that knows its users answers. */
final class GitServerAuthorization {
    private GitServerAuthorization() {}

    /** @return whether it has asked, since nobody said who it is */
    static boolean asksForIt(HttpExchange exchange) throws IOException {
        return !exchange.getRequestHeaders().containsKey("Authorization") && refuses(exchange);
    }

    static boolean refuses(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return true;
    }
}
