package io.evenkeel.discovery.register;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.RegisterConfig;
import io.evenkeel.discovery.consul.ConsulAgents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.kiwiproject.consul.AgentClient;
import org.kiwiproject.consul.ConsulException;
import org.kiwiproject.consul.NotRegisteredException;
import org.kiwiproject.consul.model.agent.ImmutableRegCheck;
import org.kiwiproject.consul.model.agent.ImmutableRegistration;
import org.kiwiproject.consul.model.catalog.ImmutableServiceWeights;
import org.kiwiproject.consul.model.health.Service;

/** The services of a Consul agent. When one agent fails the next is used. */
final class ConsulRegistry implements TaskRegistry {

    private static final int WEIGHT_WARNING = 1;

    private final RegisterConfig config;
    private final ConsulAgents agents;

    ConsulRegistry(RegisterConfig config, ConsulConfig consul) {
        this.config = config;
        this.agents = new ConsulAgents(consul);
    }

    @Override
    public Registered registered() {
        return ask("services", agent -> {
            Map<String, TaskRegistration> ours = new HashMap<>();
            Set<String> others = new HashSet<>();
            agent.getServices().forEach((id, service) -> {
                if (TaskRegistration.US.equals(service.getMeta().get(TaskRegistration.BY))) {
                    ours.put(id, registration(service));
                } else {
                    others.add(id);
                }
            });
            return new Registered(ours, others);
        });
    }

    @Override
    public void apply(Step step) {
        if (step instanceof Step.Register register) {
            ask("register " + register.task(), agent -> register(agent, register.task(), register.healthy()));
        } else if (step instanceof Step.Renew renew) {
            ask("renew " + renew.task(), agent -> renew(agent, renew));
        } else if (step instanceof Step.Deregister deregister) {
            ask("deregister " + deregister.task(), agent -> {
                agent.deregister(deregister.task().id());
                return true;
            });
        }
    }

    @Override
    public void close() {
        agents.close();
    }

    /** The check may be missing although the service is there: whoever took it away did not mean the service. */
    private boolean renew(AgentClient agent, Step.Renew renew) {
        try {
            if (renew.healthy()) {
                agent.pass(renew.task().id());
            } else {
                agent.fail(renew.task().id(), "its node is down, Swarm says");
            }
        } catch (NotRegisteredException e) {
            register(agent, renew.task(), renew.healthy());
        }
        return true;
    }

    private boolean register(AgentClient agent, TaskRegistration task, boolean healthy) {
        agent.register(ImmutableRegistration.builder()
                .id(task.id())
                .name(task.service())
                .address(task.address())
                .port(task.port())
                .tags(task.tags())
                .meta(task.meta())
                .serviceWeights(ImmutableServiceWeights.builder()
                        .passing(task.weight())
                        .warning(WEIGHT_WARNING)
                        .build())
                .check(ImmutableRegCheck.builder()
                        .ttl(config.ttl().toMillis() + "ms")
                        .deregisterCriticalServiceAfter(config.deregisterAfter().toMillis() + "ms")
                        .status(healthy ? "passing" : "critical")
                        .build())
                .build());
        return true;
    }

    private static TaskRegistration registration(Service service) {
        return new TaskRegistration(
                service.getId(),
                service.getService(),
                service.getAddress(),
                service.getPort(),
                service.getWeights().map(weights -> weights.getPassing()).orElse(1),
                service.getTags(),
                service.getMeta());
    }

    private <T> T ask(String what, Function<AgentClient, T> question) {
        String agent = agents.name();
        try {
            return question.apply(agents.client().agentClient());
        } catch (ConsulException | UnsupportedOperationException | IllegalStateException e) {
            agents.failed(agent);
            throw new RegistryFailure("consul " + agent + ": " + what, e);
        }
    }
}
