import type { RestoreRequest } from "@claw/core/backup/backup";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import type { TransferMeter } from "../../runtime/transfer-meter.ts";
import type { PreparedRestore } from "./plan-restore.ts";

/** State shared by the steps of one restore. */
export interface RestoreOrder {
  ctx: AppContext;
  job: JobHandle<"restore">;
  meter: TransferMeter;
  prepared: PreparedRestore;
  request: RestoreRequest;
  /** Name of the staged folder of an instance, and of the snapshot of what it replaces. */
  folderOf(id: InstanceId): string;
  /** Whether the viewer may choose owners. */
  mayAssign: boolean;
}
