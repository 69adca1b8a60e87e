package dev.wasmortem.capture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The name of this host, empty if it cannot be had. Found once: a lookup may ask the network. */
final class HostName {
  static final String VALUE = find();

  private static final String LINUX = "/proc/sys/kernel/hostname";

  private HostName() {}

  private static String find() {
    String variable = System.getenv("HOSTNAME");
    if (variable != null && !variable.isEmpty()) {
      return variable;
    }
    try {
      String name = Files.readString(Path.of(LINUX)).strip();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (IOException e) {
      // Another system.
    }
    try {
      return Objects.requireNonNullElse(InetAddress.getLocalHost().getHostName(), "");
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
