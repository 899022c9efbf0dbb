/** The addresses of the page; nobody writes one by hand. */
export const INSTANCE_TABS = ["overview", "logs", "config", "danger"] as const;
export type InstanceTab = (typeof INSTANCE_TABS)[number];

export const paths = {
  instances: "/instances",
  instance: (id: string, tab: InstanceTab = "overview") =>
    tab === "overview" ? `/instances/${id}` : `/instances/${id}/${tab}`,
  jobs: "/jobs",
  system: "/system",
} as const;
