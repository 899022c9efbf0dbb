/** The administrator's choices on the page, by key; each value is JSON. */
export interface Settings {
  /** Undefined when never chosen. */
  readSetting(key: string): Promise<unknown>;
  saveSetting(key: string, value: unknown): Promise<void>;
  /**
   * As `saveSetting`, but kept in memory while the disk is full: for values that must be known, not
   * durable.
   */
  noteSetting(key: string, value: unknown): Promise<void>;
}
