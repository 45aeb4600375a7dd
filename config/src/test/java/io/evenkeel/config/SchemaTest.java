package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SchemaWriter.schema());

    static List<Examples.Example> good() {
        return Examples.good().stream().filter(Examples.Example::schema).toList();
    }

    static List<Examples.Example> bad() {
        return Examples.bad().stream().filter(Examples.Example::schema).toList();
    }

    private static Set<ValidationMessage> validate(String yaml) throws JsonProcessingException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return SCHEMA.validate(tree.isMissingNode() ? NullNode.getInstance() : tree);
    }

    @ParameterizedTest
    @MethodSource("good")
    void theSchemaAcceptsWhatTheLoaderAccepts(Examples.Example example) throws JsonProcessingException {
        assertThat(validate(example.yaml())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theSchemaRejectsWhatTheLoaderRejects(Examples.Example example) throws JsonProcessingException {
        assertThat(validate(example.yaml())).isNotEmpty();
    }
}
