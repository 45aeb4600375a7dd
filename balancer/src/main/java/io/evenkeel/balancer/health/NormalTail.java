package io.evenkeel.balancer.health;

/**
 * How improbable it is that a normally distributed value lies above another, as minus the decimal logarithm of the probability.
 *
 * <p>Far out, where the probability itself would be 0 in a {@code double}, the logarithm is computed as such: the density's in closed form, and the
 * Mills ratio as Laplace's continued fraction (Abramowitz and Stegun, 26.2.14). Near the middle the power series 26.2.11 is used.
 */
final class NormalTail {

    /** Above so many deviations the continued fraction converges faster than the series loses digits. */
    private static final double FAR = 2.5;

    /** Enough for full precision from {@link #FAR} on. */
    private static final int FRACTIONS = 100;

    private static final double LN_10 = Math.log(10);
    private static final double HALF_LN_2_PI = Math.log(2 * Math.PI) / 2;

    private NormalTail() {}

    /** −log10 P(X > {@code deviations}) for X ~ N(0, 1); finite for every finite argument, 0 for very negative ones. */
    static double minusLog10(double deviations) {
        if (deviations >= FAR) {
            return (deviations * deviations / 2 + HALF_LN_2_PI - Math.log(mills(deviations))) / LN_10;
        }
        if (deviations <= -FAR) {
            return -Math.log1p(-density(deviations) * mills(-deviations)) / LN_10;
        }
        return -Math.log10(0.5 - density(deviations) * series(deviations));
    }

    private static double mills(double x) {
        double fraction = x;
        for (int i = FRACTIONS; i > 0; i--) {
            fraction = x + i / fraction;
        }
        return 1 / fraction;
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; Math.abs(term) > Math.ulp(sum); i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return sum;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2 - HALF_LN_2_PI);
    }
}
