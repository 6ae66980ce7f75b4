import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Renders mapping templates with what API Gateway gives them. Each line of the input is a template in Base64, the name
 * of a header, its value, and the query parameter origin; "-" is none. Each line of the output is the override of
 * Access-Control-Allow-Origin, or "-".
 */
public class Render {
    /** $input of a mapping template. */
    public static class Input {
        private final Map<String, Object> params = new HashMap<>();

        Input(Map<String, String> header, Map<String, String> querystring) {
            params.put("header", header);
            params.put("querystring", querystring);
            params.put("path", new HashMap<String, String>());
        }

        public Map<String, Object> params() {
            return params;
        }
    }

    public static void main(String[] args) throws Exception {
        VelocityEngine engine = new VelocityEngine();
        engine.setProperty("parser.allow_hyphen_in_identifiers", "true");
        engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
        engine.init();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t");
            Map<String, String> header = new HashMap<>();
            if (!parts[2].equals("-")) header.put(parts[1], parts[2]);
            Map<String, String> querystring = new HashMap<>();
            if (!parts[3].equals("-")) querystring.put("origin", parts[3]);
            Map<String, Object> override = new HashMap<>();
            override.put("header", new HashMap<String, Object>());
            Map<String, Object> context = new HashMap<>();
            context.put("responseOverride", override);
            VelocityContext names = new VelocityContext();
            names.put("input", new Input(header, querystring));
            names.put("context", context);
            String template = new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            StringWriter body = new StringWriter();
            if (!engine.evaluate(names, body, "template", template)) throw new IllegalStateException(template);
            if (!body.toString().isBlank()) throw new IllegalStateException("a body: " + body);
            Object answer = ((Map<?, ?>) override.get("header")).get("Access-Control-Allow-Origin");
            System.out.println(answer == null ? "-" : answer);
        }
    }
}
