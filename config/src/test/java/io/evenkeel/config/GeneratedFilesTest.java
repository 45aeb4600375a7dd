package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedFilesTest {

    private static final String COMMAND =
            "mvn -pl config test -Dtest=GeneratedFilesTest -Devenkeel.regenerate=true   writes it anew";

    private static final Path SCHEMA = Path.of("evenkeel.schema.json");
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void theSchemaIsMadeFromTheRecords() throws IOException {
        regenerate(SCHEMA, SchemaWriter.schema());

        assertThat(Files.readString(SCHEMA)).as(COMMAND).isEqualTo(SchemaWriter.schema());
    }

    @Test
    void theListOfKnobsIsMadeFromTheRecords() throws IOException {
        regenerate(PAGE, KnobTable.page());

        assertThat(Files.readString(PAGE)).as(COMMAND).isEqualTo(KnobTable.page());
    }

    private static void regenerate(Path file, String contents) throws IOException {
        if (Boolean.getBoolean("evenkeel.regenerate")) {
            Files.createDirectories(file.toAbsolutePath().normalize().getParent());
            Files.writeString(file, contents);
        }
    }

    @Test
    void theSchemaIsPackedWithTheClasses() throws IOException {
        try (InputStream packed = RouterConfig.class.getResourceAsStream("evenkeel.schema.json")) {
            assertThat(packed).isNotNull();
            assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("evenkeel.yaml");
        }
    }

    @Test
    void theJavadocOfEveryKnobTellsUnitRangeAndDefault() {
        assertThat(KnobTable.rows())
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.description()).as(row.key()).contains(row.facts()));
    }
}
