package io.evenkeel.proxy.key;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestTarget;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first of several regular expressions that is found captures in the normalised path. Event-loop confined, because it reuses its
 * matchers; it allocates nothing where the expressions have no quantified alternatives.
 *
 * <p>A path cannot be made to cost much: only its first {@value #MAX_OCTETS} octets count, and all expressions together may take only so many steps
 * ({@link PathText#MAX_STEPS}). Where one takes more, or recurs too deeply, there is no key.
 */
final class PathPart implements KeyPart {

    /** Octets: whatever tells which requests belong together stands near the beginning of a path. */
    static final int MAX_OCTETS = 1024;

    private final PathText text = new PathText();
    private final Matcher[] matchers;
    private final Runnable onAbort;

    PathPart(List<String> patterns, Runnable onAbort) {
        this.matchers = new Matcher[patterns.size()];
        for (int i = 0; i < matchers.length; i++) {
            matchers[i] = Pattern.compile(patterns.get(i)).matcher(text);
        }
        this.onAbort = onAbort;
    }

    @Override
    public boolean find(RequestHead head, ClientAddress client, Span found) {
        RequestTarget target = head.target();
        int start = target.pathStart();
        text.reset(target.pathBytes(), start, Math.min(target.pathEnd(), start + MAX_OCTETS));
        try {
            return search(target.pathBytes(), start, found);
        } catch (PathText.OutOfSteps | StackOverflowError hopeless) {
            onAbort.run();
            return false;
        }
    }

    private boolean search(byte[] path, int start, Span found) {
        for (Matcher matcher : matchers) {
            if (matcher.reset(text).find() && matcher.start(1) >= 0) {
                found.set(path, start + matcher.start(1), start + matcher.end(1));
                return true;
            }
        }
        return false;
    }
}
