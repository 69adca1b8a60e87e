package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureFailure;
import dev.wasmortem.capture.CaptureListener;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.endive.EndiveCapture;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.ExternalType;

/**
 * A WASI program on Endive: its module, the modules linked to it, its arguments, and where its dump
 * goes.
 */
final class GuestProgram {
  /** How long a program that was told to stop may take to do so. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path module;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Map<String, Path> folders;
  private final Map<String, Path> preloads;
  private final @Nullable String invoke;
  private final OutputStream out;
  private final OutputStream err;
  private final Recorder recorder = new Recorder();
  private final EndiveCapture capture;

  GuestProgram(
      Path module,
      List<String> arguments,
      Map<String, String> environment,
      Map<String, Path> folders,
      Map<String, Path> preloads,
      @Nullable String invoke,
      CaptureOptions.Builder dumps,
      Console console) {
    this.module = module;
    this.arguments = arguments;
    this.environment = environment;
    this.folders = folders;
    this.preloads = preloads;
    this.invoke = invoke;
    this.out = console.guestOut();
    this.err = console.guestErr();
    this.capture = EndiveCapture.create(dumps.listener(recorder).build());
  }

  /** Runs the program on a thread of its own and waits for its end. */
  GuestOutcome run(long stackSize, @Nullable Duration timeout)
      throws IOException, InterruptedException {
    for (Path file : preloads.values()) {
      mustBeModule(file);
    }
    mustBeModule(module);
    for (Path folder : folders.values()) {
      if (!Files.isDirectory(folder)) {
        throw Unusable.usage("--dir: " + folder + " is no folder");
      }
    }
    Call call = new Call();
    Thread thread = new Thread(null, call, "main", stackSize);
    thread.setDaemon(true); // a program that does not stop must not keep the command alive
    thread.start();
    if (timeout == null) {
      thread.join();
    } else {
      thread.join(Math.max(1, timeout.toMillis()));
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(GRACE.toMillis());
      }
      if (thread.isAlive()) {
        String stuck =
            "the program did not stop within "
                + GRACE.toSeconds()
                + " s of its time limit; it is inside a host function";
        return new GuestOutcome(0, List.of(), "time limit", null, List.of(stuck));
      }
    }
    return call.outcome();
  }

  /** Refuses what is no module in our own words, which say where. */
  private static void mustBeModule(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      WasmModule.read(source);
    }
  }

  /** Instantiates everything and calls the function; returns its results as text. */
  private List<String> call() throws IOException {
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(wasiOptions()).build()) {
      Store store =
          new Store().addFunction(wasi.toHostFunctions()).addFunction(AssemblyScript.abort());
      for (Map.Entry<String, Path> preload : preloads.entrySet()) {
        store.register(preload.getKey(), instantiate(preload.getValue(), store.toImportValues()));
      }
      Instance instance = instantiate(module, store.toImportValues());
      if (invoke == null) {
        requireExport(instance, "_start");
        instance.export("_start").apply();
        return List.of();
      }
      requireExport(instance, invoke);
      if (functions(instance).contains("_initialize")) {
        instance.export("_initialize").apply();
      }
      return Invocation.call(instance, invoke, arguments);
    }
  }

  private Instance instantiate(Path file, ImportValues imports) throws IOException {
    try {
      return capture.builder(file).withStart(false).withImportValues(imports).build();
    } catch (WasmEngineException e) {
      if (recorder.dump != null) {
        throw e; // its start function trapped
      }
      throw new Unusable(file + ": " + e.getMessage(), e);
    }
  }

  private void requireExport(Instance instance, String name) {
    Set<String> functions = functions(instance);
    if (!functions.contains(name)) {
      throw new Unusable(
          module
              + " exports no function "
              + name
              + (functions.isEmpty()
                  ? ""
                  : "; name one with --invoke: " + String.join(", ", functions)));
    }
  }

  private static Set<String> functions(Instance instance) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < instance.module().exportSection().exportCount(); i++) {
      var export = instance.module().exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION) {
        names.add(export.name());
      }
    }
    return names;
  }

  private WasiOptions wasiOptions() {
    List<String> argv = new ArrayList<>();
    argv.add(String.valueOf(module.getFileName()));
    if (invoke == null) {
      argv.addAll(arguments);
    }
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withStdin(System.in, false)
            .withStdout(out, false)
            .withStderr(err, false)
            .withArguments(argv);
    environment.forEach(options::withEnvironment);
    folders.forEach(options::withDirectory);
    return options.build();
  }

  /** What the program's thread does, and what became of it. */
  private final class Call implements Runnable {
    private List<String> results = List.of();
    private @Nullable Throwable thrown;

    @Override
    public void run() {
      try {
        results = call();
      } catch (Throwable e) {
        thrown = e;
      }
    }

    GuestOutcome outcome() throws IOException {
      Throwable end = thrown;
      if (end == null) {
        return GuestOutcome.exited(ExitStatus.DONE, results);
      }
      if (end instanceof WasiExitException exit) {
        return GuestOutcome.exited(exit.exitCode(), results);
      }
      if (end instanceof IOException io) {
        throw io;
      }
      if (end instanceof Unusable unusable) {
        throw unusable;
      }
      String message = end.getMessage() == null ? end.getClass().getSimpleName() : end.getMessage();
      return new GuestOutcome(0, List.of(), message, recorder.dump, recorder.complaints);
    }
  }

  /** Keeps what the capture says. Written on the program's thread, read when that has ended. */
  private static final class Recorder implements CaptureListener {
    private @Nullable CapturedDump dump;
    private final List<String> complaints = new ArrayList<>();

    @Override
    public void captured(CapturedDump captured) {
      dump = captured;
    }

    @Override
    public void failed(CaptureFailure failure) {
      complaints.add(failure.line());
    }
  }
}
