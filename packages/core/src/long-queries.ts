/** Queries that are sent by POST, because no address can hold their input. */
export const LONG_QUERIES: ReadonlySet<string> = new Set([
  "instances.validateConfig",
  "configRollouts.preview",
]);
