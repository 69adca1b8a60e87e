package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.ProcessInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The process that died, and what ran it.
 *
 * <pre>
 * wasmortem.process ::= 0x00 fields
 * fields:  1 arguments ::= vec(name)
 *          2 environment ::= vec(name)       each NAME=VALUE
 *          3 runtime ::= name
 *          4 runtime-version ::= name
 *          5 host ::= name
 *          6 time ::= seconds:s64 nanoseconds:u32    since 1970-01-01T00:00:00Z, without leap seconds
 *          7 pid ::= u64
 * </pre>
 */
public final class ProcessSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.process";

  private static final int ARGUMENTS = 1;
  private static final int ENVIRONMENT = 2;
  private static final int RUNTIME = 3;
  private static final int RUNTIME_VERSION = 4;
  private static final int HOST = 5;
  private static final int TIME = 6;
  private static final int PID = 7;

  private ProcessSection() {}

  /** Returns the payload; {@code names} shortens what readers would refuse. */
  public static ByteWriter write(ProcessInfo process, UnaryOperator<String> names) {
    Fields fields = new Fields();
    process.arguments().ifPresent(all -> fields.add(ARGUMENTS, names(all, names)));
    process.environment().ifPresent(all -> fields.add(ENVIRONMENT, names(all, names)));
    process.runtime().ifPresent(name -> fields.add(RUNTIME, name(name, names)));
    process.runtimeVersion().ifPresent(name -> fields.add(RUNTIME_VERSION, name(name, names)));
    process.host().ifPresent(name -> fields.add(HOST, name(name, names)));
    process
        .time()
        .ifPresent(
            time ->
                fields.add(
                    TIME,
                    new ByteWriter(16).signed(time.getEpochSecond()).unsigned(time.getNano())));
    process.pid().ifPresent(pid -> fields.add(PID, new ByteWriter(16).unsigned(pid)));
    ByteWriter out = Extension.payload();
    fields.writeTo(out);
    return out;
  }

  private static ByteWriter name(String name, UnaryOperator<String> names) {
    return new ByteWriter().name(names.apply(name));
  }

  private static ByteWriter names(List<String> all, UnaryOperator<String> names) {
    ByteWriter out = new ByteWriter().unsigned(all.size());
    all.forEach(name -> out.name(names.apply(name)));
    return out;
  }

  /** Reads what follows the version into {@code process}. */
  public static void read(Cursor cursor, ProcessInfo.Builder process) {
    Fields.read(
        cursor.in("process"),
        (id, content) -> {
          switch (id) {
            case ARGUMENTS -> process.arguments(names(content.in("process.arguments")));
            case ENVIRONMENT -> process.environment(names(content.in("process.environment")));
            case RUNTIME -> process.runtime(content.in("process.runtime").name());
            case RUNTIME_VERSION ->
                process.runtimeVersion(content.in("process.runtime-version").name());
            case HOST -> process.host(content.in("process.host").name());
            case TIME -> process.time(time(content.in("process.time")));
            case PID -> process.pid(content.in("process.pid").u64());
            default -> {
              // A field of later days.
            }
          }
        });
  }

  private static List<String> names(Cursor cursor) {
    long count = cursor.u32();
    List<String> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      names.add(cursor.name());
    }
    return names;
  }

  private static Instant time(Cursor cursor) {
    long start = cursor.position();
    long seconds = cursor.s64();
    long nanoseconds = cursor.u32();
    try {
      return Instant.ofEpochSecond(seconds, nanoseconds);
    } catch (DateTimeException | ArithmeticException e) {
      throw new FormatException.Malformed(
          seconds + " seconds are beyond all calendars", cursor.at(start));
    }
  }
}
