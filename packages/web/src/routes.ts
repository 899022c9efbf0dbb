/** The addresses of the page, in one place. */
export const INSTANCE_TABS = ["overview", "logs", "config", "backups", "danger"] as const;
export type InstanceTab = (typeof INSTANCE_TABS)[number];

/** Followed by the id of an instance. */
export const STARTING = "/starting";

export const paths = {
  dashboard: "/",
  instances: "/instances",
  /** The list filtered by status. */
  instancesThatAre: (status: string) => `/instances?status=${status}`,
  /** The list filtered by group or tag. */
  instancesIn: (labels: { group: string } | { tag: string }) =>
    `/instances?${new URLSearchParams(labels)}`,
  instance: (id: string, tab: InstanceTab = "overview") =>
    tab === "overview" ? `/instances/${id}` : `/instances/${id}/${tab}`,
  logs: "/logs",
  backups: "/backups",
  jobs: "/jobs",
  system: "/system",
  network: "/network",
  templates: "/system/templates",
  template: (id: string) => `/system/templates/${id}`,
  account: "/account",
  users: "/users",
  audit: "/audit",
  setup: "/setup",
  /** The page of an invitation; the code is in the fragment. */
  invite: "/invite",
  /** The page that signs its reader on at an instance; followed by id and label. */
  open: "/open",
  /**
   * The page that waits for an instance to come up, and opens it. `since`: the time of the start
   * that it waits for, before which it knows nothing of the instance.
   */
  starting: (id: string, since?: string) => {
    const place = `${STARTING}/${id}`;
    return since === undefined ? place : `${place}#${new URLSearchParams({ since })}`;
  },
  /** The page of a one-time link; the code is in the fragment. */
  redeem: "/reset-password",
} as const;
