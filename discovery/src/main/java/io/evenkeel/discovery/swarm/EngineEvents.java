package io.evenkeel.discovery.swarm;

/** Hears that an engine announced something. What it was does not matter: everything is read again. */
interface EngineEvents {

    /** From now on nothing is missed. */
    void onOpen();

    void onEvent();
}
