package dev.postroom.routing;

import jakarta.enterprise.context.ApplicationScoped;

/** Takes a message that is here to everywhere it goes, in one transaction. */
@ApplicationScoped
public class Intake {}
