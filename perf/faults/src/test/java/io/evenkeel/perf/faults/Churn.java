package io.evenkeel.perf.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.ConfigWatcher;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An operator who never rests: reloads, right and wrong, endpoints that come and go, drains. Confined to the test's thread. */
final class Churn implements AutoCloseable {

    /** Endpoints that are always in use, so that they can bear the load. */
    private static final int FEWEST = 6;

    private final Path file;
    private final Fleet fleet;
    private final SplittableRandom random;
    private final Router router;
    private final ConfigWatcher watcher;
    private List<String> used;
    private String drained = "";

    Churn(Path file, Fleet fleet, SplittableRandom random) throws IOException {
        this.file = file;
        this.fleet = fleet;
        this.random = random;
        used = names();
        Files.writeString(file, SoakSettings.valid(used, random));
        router = Router.start(ConfigFile.load(file).orThrow());
        watcher = ConfigWatcher.start(file, ConfigFile.load(file), this::apply);
        router.reloadedBy(watcher);
    }

    Router router() {
        return router;
    }

    private List<String> apply(RouterConfig config) {
        router.apply(config);
        return List.of();
    }

    /** Does one thing. */
    void act() throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> reload(SoakSettings.valid(used, random), 200);
            case 1 -> reload(SoakSettings.invalid(SoakSettings.valid(names(), random), random), 422);
            case 2 -> change();
            default -> drain();
        }
    }

    /** Nothing is drained any more. */
    void rest() throws IOException {
        if (!drained.isEmpty()) {
            post("/undrain?endpoint=" + drained, 200);
            drained = "";
        }
    }

    /** Other endpoints, six at least. One that is drained comes back first: otherwise five might be left. */
    private void change() throws IOException {
        rest();
        List<String> next = new ArrayList<>(names());
        for (int left = random.nextInt(next.size() - FEWEST + 1); left > 0; left--) {
            next.remove(random.nextInt(next.size()));
        }
        used = next;
        reload(SoakSettings.valid(used, random), 200);
    }

    private void drain() throws IOException {
        if (!drained.isEmpty()) {
            rest();
        } else if (used.size() > FEWEST) {
            drained = used.get(random.nextInt(used.size()));
            post("/drain?endpoint=" + drained, 200);
        }
    }

    private void reload(String settings, int status) throws IOException {
        Files.writeString(file, settings);
        post("/reload", status);
    }

    private void post(String target, int status) throws IOException {
        try (RawClient client = RawClient.connect(router.adminAddress())) {
            assertThat(client.exchange("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .as(target)
                    .isEqualTo(status);
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fleet.size(); i++) {
            names.add(fleet.at(i).name());
        }
        return names;
    }

    @Override
    public void close() {
        watcher.close();
        router.close();
    }
}
