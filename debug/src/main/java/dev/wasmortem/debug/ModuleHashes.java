package dev.wasmortem.debug;

/** Whether modules' files are read whole for their hashes. */
public enum ModuleHashes {
  OMIT,
  INCLUDE
}
