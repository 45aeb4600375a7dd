package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what an agent sends a {@link Reply} or an {@link AskFailure}; reads no more than the question allows.
 *
 * <p><b>Threading.</b> Runs on the thread of the call. <b>Ownership.</b> Closes the response.
 */
final class Reading<T> implements Callback {

    private static final int MAX_ERROR_BYTES = 4 << 10;

    private final Question<T> question;
    private final AgentAddress agent;
    private final Wording wording;
    private final Poll poll;
    private final Duration timeout;
    private final CompletableFuture<Reply<T>> reply = new CompletableFuture<>();

    /** What is being waited for, for messages: an answer, and once that begins its end. */
    private Duration patience;

    /** @param timeout how long an answer that is due may take, and once more what there is of it */
    Reading(Question<T> question, AgentAddress agent, Wording wording, Poll poll, Duration timeout) {
        this.question = question;
        this.agent = agent;
        this.wording = wording;
        this.poll = poll;
        this.timeout = timeout;
        this.patience = poll.patience(timeout);
    }

    CompletableFuture<Reply<T>> reply() {
        return reply;
    }

    @Override
    public void onFailure(Call call, IOException thrown) {
        reply.completeExceptionally(wording.thrown(question, thrown, patience));
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            reply.complete(read(response));
        } catch (JsonProcessingException e) {
            reply.completeExceptionally(wording.unusable(question, "no usable JSON: " + e.getOriginalMessage()));
        } catch (BoundedInput.TooLong e) {
            reply.completeExceptionally(wording.unusable(question, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            onFailure(call, e);
        } catch (AskFailure e) {
            reply.completeExceptionally(e);
        }
    }

    private Reply<T> read(Response response) throws IOException {
        ResponseBody body = response.body();
        patience = timeout;
        body.source().timeout().deadline(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (response.code() != 200) {
            byte[] start = body.byteStream().readNBytes(MAX_ERROR_BYTES);
            throw wording.status(question, response.code(), new String(start, StandardCharsets.UTF_8));
        }
        long index = index(response.header("X-Consul-Index"));
        boolean hidden = "true".equals(response.header("X-Consul-Results-Filtered-By-ACLs"));
        try (InputStream in = new BoundedInput(body.byteStream(), question.maxBytes())) {
            return new Reply<>(agent.of(question), index, hidden, body(index, in));
        }
    }

    private Optional<T> body(long index, InputStream in) throws IOException {
        if (poll.known() > 0 && index == poll.known()) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        }
        T read = Json.MAPPER.readerFor(question.shape()).readValue(in);
        if (read == null) {
            throw wording.unusable(question, "null");
        }
        return Optional.of(read);
    }

    private long index(@Nullable String text) {
        if (!question.indexed()) {
            return 0;
        }
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw wording.unusable(
                    question, text == null ? "an answer without X-Consul-Index" : "X-Consul-Index: " + text);
        }
        return Math.max(1, Long.parseLong(text)); // 0 would make the next question return at once, again and again
    }
}
