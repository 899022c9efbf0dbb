import type { Role } from "@claw/core/access/role";
import { useMe } from "./session-context.tsx";

/** Not imported from core, whose module brings the schema library into the first load. */
const RANK: Record<Role, number> = { member: 0, operator: 1, administrator: 2 };

/** Which actions the page offers; the panel checks everything itself. */
const LEAST = {
  seeSystem: "operator",
  createInstances: "operator",
  removeInstances: "operator",
  labelInstances: "operator",
  migrateInstances: "operator",
  openPaths: "operator",
  seeOwners: "operator",
  /** Restore, upload, note, pin, delete; members back up and download. */
  manageBackups: "operator",
  assignOwners: "administrator",
  seeUsers: "administrator",
  seeNetwork: "administrator",
  changeSettings: "administrator",
  editTemplates: "administrator",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST;

export function useMay(): (permission: Permission) => boolean {
  const me = useMe();
  return (permission) => RANK[me().role] >= RANK[LEAST[permission]];
}
