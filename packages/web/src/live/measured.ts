import type { InstanceStatus } from "../api/client.ts";

/** Whether the panel measures an instance of this status. */
export function isMeasured(status: InstanceStatus): boolean {
  return status === "running" || status === "starting";
}
