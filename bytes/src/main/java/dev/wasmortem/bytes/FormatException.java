package dev.wasmortem.bytes;

/**
 * The bytes are not what their format demands. The message is one line, safe to print, that begins
 * with the {@link #location()}.
 */
public abstract sealed class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Location location;
  private final String problem;

  private FormatException(String problem, Location location) {
    super(location + ": " + problem);
    this.problem = problem;
    this.location = location;
  }

  /** Returns where the fault stands. */
  public Location location() {
    return location;
  }

  /** Returns what is wrong, without the location. */
  public String problem() {
    return problem;
  }

  /** The bytes break a rule of their format. */
  public static final class Malformed extends FormatException {
    private static final long serialVersionUID = 1L;

    public Malformed(String problem, Location location) {
      super(problem, location);
    }
  }

  /** The bytes end before what they announce; a longer file might be well formed. */
  public static final class Truncated extends FormatException {
    private static final long serialVersionUID = 1L;

    public Truncated(String problem, Location location) {
      super(problem, location);
    }
  }

  /** The bytes use a feature that exists, and that this reader does not know. */
  public static final class Unsupported extends FormatException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String problem, Location location) {
      super(problem, location);
    }
  }

  /** The bytes ask for more than one of our named limits allows. */
  public static final class LimitExceeded extends FormatException {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(String problem, Location location) {
      super(problem, location);
    }
  }
}
