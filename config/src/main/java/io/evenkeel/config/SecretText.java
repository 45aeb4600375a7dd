package io.evenkeel.config;

/** A secret; only its mask is ever written. */
record SecretText() implements ScalarType<Secret> {

    @Override
    public Secret parse(String text) {
        return new Secret(text);
    }

    @Override
    public boolean allows(Secret secret) {
        return !secret.value().isEmpty();
    }

    @Override
    public String range(Secret refused) {
        return "a secret that is not empty";
    }

    @Override
    public String expected() {
        return "a secret that is not empty";
    }

    @Override
    public Object value(Secret secret) {
        return secret;
    }

    @Override
    public String render(Object value) {
        return Secret.MASK;
    }
}
