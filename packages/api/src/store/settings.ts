/** What the administrator has chosen on the page, by key; each value is JSON. */
export interface Settings {
  /** Undefined when it was never chosen. */
  readSetting(key: string): Promise<unknown>;
  saveSetting(key: string, value: unknown): Promise<void>;
  /** The same, kept in memory as long as the disk is full: what must be known, but not last. */
  noteSetting(key: string, value: unknown): Promise<void>;
}
