package dev.wasmortem.dwarf.expression;

/** Ends an evaluation from deep inside; never leaves the package. */
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place.Unknown place;

  Stop(Place.Reason reason, String words) {
    super(words, null, false, false);
    this.place = new Place.Unknown(reason, words);
  }

  Place.Unknown place() {
    return place;
  }
}
