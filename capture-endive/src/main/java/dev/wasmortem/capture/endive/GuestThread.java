package dev.wasmortem.capture.endive;

/**
 * A thread on which a loop of a guest may be looked at while it runs. Endive asks its thread at
 * each branch and each call whether it was interrupted; here that is a chance to serve a request
 * for a dump.
 */
final class GuestThread extends Thread {
  private final EndiveCapture session;

  GuestThread(EndiveCapture session, Runnable program, String name, long stackSize) {
    super(null, program, name, stackSize);
    this.session = session;
  }

  @Override
  public boolean isInterrupted() {
    if (session.requests().waiting() && Thread.currentThread() == this) {
      session.thread().atBranch();
    }
    return super.isInterrupted();
  }
}
