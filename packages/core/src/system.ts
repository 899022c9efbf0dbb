import { z } from "zod";

/** Settings of the whole panel, for administrators. */
export const PanelSettings = z.object({
  /** Templates may give instances host folders, devices and privileges; every page warns. */
  allowUnsafeTemplates: z.boolean(),
});
export type PanelSettings = z.infer<typeof PanelSettings>;

/** Status of the panel and its machine, beyond single instances. Sizes in bytes. */
export const SystemStatus = PanelSettings.extend({
  version: z.string(),
  /** Empty for members, who see no paths. */
  home: z.string(),
  engine: z.object({
    kind: z.enum(["docker", "memory"]),
    reachable: z.boolean(),
    version: z.string().nullable(),
    error: z.string().nullable(),
  }),
  image: z.object({
    ref: z.string(),
    present: z.boolean(),
    id: z.string().nullable(),
    size: z.number().nullable(),
  }),
  host: z.object({
    cpus: z.number(),
    loadAverage: z.number(),
    memoryTotal: z.number(),
    memoryFree: z.number(),
    diskTotal: z.number(),
    diskFree: z.number(),
  }),
  instances: z.object({
    total: z.number(),
    running: z.number(),
    stopped: z.number(),
    error: z.number(),
  }),
  isDiskShort: z.boolean(),
  /** Why docker-compose.yml is out of date, or null. The panel itself does not need it. */
  composeFile: z.object({ fault: z.string().nullable() }),
  /** Containers with this home's label but no instance. */
  orphans: z.array(z.object({ id: z.string(), container: z.string() })),
});
export type SystemStatus = z.output<typeof SystemStatus>;
