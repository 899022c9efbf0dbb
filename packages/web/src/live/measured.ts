import type { InstanceStatus } from "../api/client.ts";

/** Whether the panel measures instances with this status. */
export function isMeasured(status: InstanceStatus): boolean {
  return status === "running" || status === "starting";
}
