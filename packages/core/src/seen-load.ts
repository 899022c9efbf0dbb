/** What a gateway said about itself when it last answered the panel in its current run. */
export interface SeenLoad {
  /** Its event loop or its processor was busy. */
  isBusy: boolean;
  /** When, by the engine's clock. */
  at: number;
}

/**
 * Whether a gateway that Docker's check does not reach since `silentSince` may be busy rather than
 * hang: it was busy when it last answered, has answered the panel since, or cannot be asked.
 */
export function mayBeBusy(load: SeenLoad | null | undefined, silentSince: number): boolean {
  return !load || load.isBusy || load.at > silentSince;
}
