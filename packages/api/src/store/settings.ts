/** What the administrator has chosen on the page, by key; each value is JSON. */
export interface Settings {
  /** Undefined when it was never chosen. */
  readSetting(key: string): Promise<unknown>;
  saveSetting(key: string, value: unknown): Promise<void>;
}
