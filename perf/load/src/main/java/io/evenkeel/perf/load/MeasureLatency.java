package io.evenkeel.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures servers in turn, round after round, at one constant rate.
 *
 * <pre>MeasureLatency PATH RATE ROUNDS SECONDS WARM-UP-SECONDS CONNECTIONS NAME=PORT...</pre>
 *
 * <p>Prints a row per server and round: name, requests, errors, p50, p99, p99.9 and maximum in microseconds.
 */
final class MeasureLatency {

    /** Seconds at the begin of every run that are not recorded. */
    private static final double LEAD_IN_SECONDS = 0.5;

    /** Seconds a run may take longer than planned before it counts as hung. */
    private static final long GRACE_SECONDS = 30;

    private final Client client;
    private final int connections;

    private MeasureLatency(Client client, int connections) {
        this.client = client;
        this.connections = connections;
    }

    public static void main(String[] args) throws Exception {
        double rate = Double.parseDouble(args[1]);
        List<Target> targets = new ArrayList<>();
        for (String target : List.of(args).subList(6, args.length)) {
            targets.add(Target.parse(target));
        }
        try (Client client = new Client(args[0])) {
            MeasureLatency measure = new MeasureLatency(client, Integer.parseInt(args[5]));
            measure.round(targets, Plan.of(rate, 0, Double.parseDouble(args[4])), false);
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                measure.round(targets, Plan.of(rate, LEAD_IN_SECONDS, Double.parseDouble(args[3])), true);
            }
        }
    }

    private void round(List<Target> targets, Plan plan, boolean print) throws Exception {
        for (Target target : targets) {
            Outcome outcome = run(target, plan);
            if (print) {
                System.out.println(target.name() + "\t" + outcome.row());
            }
        }
    }

    private Outcome run(Target target, Plan plan) throws Exception {
        ConstantRate rate = new ConstantRate(client.loop(), plan, connections);
        try (Connections open = Connections.open(client, target.address(), rate, connections)) {
            client.loop().execute(rate::begin);
            long limitSeconds = (long) (plan.requests() / plan.perSecond()) + GRACE_SECONDS;
            if (!rate.outcome().await(limitSeconds, TimeUnit.SECONDS)) {
                throw new TimeoutException(
                        target.name() + " left requests of " + open.count() + " connections unanswered");
            }
            return rate.outcome().get();
        }
    }
}
