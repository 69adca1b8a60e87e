package dev.wasmortem.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes options and takes their values. */
final class Options {
  private Options() {}

  /** Returns an option without a value. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name)
        .description(description)
        .type(boolean.class)
        .defaultValue("false")
        .build();
  }

  /** Returns an option with one value. */
  static OptionSpec.Builder value(Class<?> type, String label, String... names) {
    return OptionSpec.builder(names).paramLabel(label).type(type);
  }

  /** Returns an option that may be given several times. */
  static OptionSpec list(Class<?> type, String label, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .description(description + " Repeatable.")
        .type(List.class)
        .auxiliaryTypes(type)
        .arity("1")
        .build();
  }

  /** Returns an option that may be given several times, whose values are read by {@code reader}. */
  static <T> OptionSpec list(
      Class<T> type,
      CommandLine.ITypeConverter<T> reader,
      String label,
      String description,
      String name) {
    return OptionSpec.builder(list(type, label, description, name)).converters(reader).build();
  }

  /** Returns the first operand, a file. */
  static PositionalParamSpec file(String label, String description) {
    return operand(0, label, description);
  }

  /** Returns an operand that is a file. */
  static PositionalParamSpec operand(int position, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(position))
        .paramLabel(label)
        .description(description)
        .type(Path.class)
        .required(true)
        .build();
  }

  static boolean isSet(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  /** Returns the value of an argument that has a default or is required. */
  static <T> T get(Class<T> type, ArgSpec argument) {
    T value = getOrNull(type, argument);
    if (value == null) {
      throw new IllegalStateException(argument.paramLabel() + " has no value");
    }
    return value;
  }

  static <T> @Nullable T getOrNull(Class<T> type, ArgSpec argument) {
    return type.cast(argument.getValue());
  }

  /** Returns the values of an argument that may be given several times. */
  static <T> List<T> all(Class<T> type, ArgSpec argument) {
    List<?> values = argument.getValue();
    return values == null ? List.of() : values.stream().map(type::cast).toList();
  }
}
