package dev.postroom.bulk;

/** How a job stands. */
public enum JobState {
  RUNNING,
  PAUSED,
  CANCELLED,
  DONE;

  public boolean isOver() {
    return this == CANCELLED || this == DONE;
  }
}
