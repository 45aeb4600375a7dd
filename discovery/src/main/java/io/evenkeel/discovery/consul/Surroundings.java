package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What all watches of one set of agents share. Immutable.
 *
 * @param random used on the scheduler only
 * @param maxWait how long an agent may hold a question
 */
record Surroundings(ConsulAgents agents, Scheduler scheduler, RandomGenerator random, Duration maxWait) {}
