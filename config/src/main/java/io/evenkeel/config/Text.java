package io.evenkeel.config;

/** A text of a certain format. */
record Text(TextFormat format) implements ScalarType<String> {

    @Override
    public String parse(String text) {
        return format.normalized(text);
    }

    @Override
    public boolean allows(String text) {
        return format.allows(text);
    }

    @Override
    public String range(String refused) {
        return format.expected();
    }

    @Override
    public String expected() {
        return format.expected();
    }

    @Override
    public Object value(String text) {
        return text;
    }

    @Override
    public String render(Object value) {
        return (String) value;
    }
}
