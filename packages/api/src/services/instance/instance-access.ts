import type { Access } from "@claw/core/access/viewer";

const use = { who: "member", does: "operate", on: "instance" } as const;
const create = { who: "operator", does: "admin", on: "instance" } as const;
/** Not its owner: paths without a session let strangers past the log-in, on the panel's port. */
const update = create;

/** Access that each action on one instance requires, alone and in a batch. */
export const INSTANCE_ACCESS = {
  use,
  create,
  start: use,
  stop: use,
  restart: use,
  remove: create,
  update,
  label: create,
  migrate: create,
  configure: use,
  restoreConfig: use,
} as const satisfies Record<string, Access>;
