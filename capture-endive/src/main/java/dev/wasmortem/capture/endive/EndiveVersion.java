package dev.wasmortem.capture.endive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import run.endive.runtime.Instance;

/** Which Endive runs here. */
final class EndiveVersion {
  /** What a dump calls the runtime. */
  static final String RUNTIME = "endive";

  /** The version as Endive's jar has it, empty if it does not say. */
  static final String VALUE = find();

  private static final String PROPERTIES = "/META-INF/maven/run.endive/runtime/pom.properties";

  private EndiveVersion() {}

  private static String find() {
    try (InputStream in = Instance.class.getResourceAsStream(PROPERTIES)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "");
    } catch (IOException e) {
      return "";
    }
  }
}
