package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How many pipes there are, and which are kept. */
class PipesTest {

    @Test
    void noMoreAreLentThanTheMost() {
        Pipes pipes = new Pipes();
        List<Pipe> lent = new ArrayList<>();
        for (int i = 0; i < Pipes.MOST; i++) {
            lent.add(Objects.requireNonNull(pipes.borrow()));
        }
        assertThat(lent).doesNotHaveDuplicates();
        assertThat(pipes.borrow()).isNull();
        pipes.giveBack(lent.remove(0));
        Pipe again = pipes.borrow();
        assertThat(again).isNotNull();
        lent.add(again);
        lent.forEach(pipes::giveBack);
        pipes.close();
    }

    @Test
    void anEmptyOneIsUsedAgain() {
        Pipes pipes = new Pipes();
        Pipe first = Objects.requireNonNull(pipes.borrow());
        pipes.giveBack(first);
        Pipe second = Objects.requireNonNull(pipes.borrow());
        assertThat(second).isSameAs(first);
        pipes.giveBack(second);
        pipes.close();
        assertThat(pipes.borrow()).isNotSameAs(first).satisfies(pipe -> pipes.giveBack(Objects.requireNonNull(pipe)));
    }
}
