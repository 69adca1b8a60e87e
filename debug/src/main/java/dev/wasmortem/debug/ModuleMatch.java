package dev.wasmortem.debug;

/** Whether a file is used for a module that the dump tells to be another build. */
public enum ModuleMatch {
  /** It is not, and a diagnostic says so. */
  CHECKED,
  /** It is: the user knows better. */
  FORCED
}
