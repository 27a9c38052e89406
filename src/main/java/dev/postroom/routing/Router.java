package dev.postroom.routing;

import jakarta.enterprise.context.ApplicationScoped;

/** Says of a recipient, when it is named, whether its mail can be taken. */
@ApplicationScoped
public class Router {}
