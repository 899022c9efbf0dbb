import type { Connection } from "./connection.ts";
import type { HealthProbe } from "./health-probe.ts";

/** What every operation of the driver works with. */
export interface DockerContext {
  connection: Connection;
  /** Value of the home label on what is ours. */
  home: string;
  probe: HealthProbe;
  /** Told of what went wrong and did not fail the operation. */
  onWarning: (message: string) => void;
  /** A Docker that hangs keeps its connections open, so it is asked now and then. */
  pingEveryMs: number;
}
