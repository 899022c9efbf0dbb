import type { AddressRanges } from "@claw/core/subnet-allocation";
import type { Connection } from "./connection.ts";
import type { HealthProbe } from "./health-probe.ts";

/** Dependencies that all operations of the driver share. */
export interface DockerContext {
  connection: Connection;
  /** Value of the home label on our containers and networks. */
  home: string;
  ranges: AddressRanges;
  probe: HealthProbe;
  /** Receives errors that did not fail the operation. */
  onWarning: (message: string) => void;
  /** Pings Docker from time to time: a hung one keeps its connections open. */
  pingEveryMs: number;
}
