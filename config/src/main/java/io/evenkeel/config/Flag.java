package io.evenkeel.config;

import org.jspecify.annotations.Nullable;

/** True or false, spelled so; YAML 1.1's yes, no, on and off are not. */
record Flag() implements ScalarType<Boolean> {

    @Override
    public @Nullable Boolean parse(String text) {
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }

    @Override
    public boolean allows(Boolean flag) {
        return true;
    }

    @Override
    public String range(Boolean refused) {
        return "true or false";
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public Object value(Boolean flag) {
        return flag;
    }

    @Override
    public String render(Object value) {
        return value.toString();
    }
}
