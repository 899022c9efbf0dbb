import { z } from "zod";

/** Errors block users now, warnings soon will; notices need no action. */
const Severity = z.enum(["error", "warning", "notice"]);
export type Severity = z.infer<typeof Severity>;

const common = {
  /** Stable while the condition lasts, and the same if it recurs. */
  key: z.string(),
  severity: Severity,
  /** When it began, or when the panel first saw it. ISO-8601 UTC. */
  since: z.iso.datetime(),
};
/** About the panel and its machine. */
const ofPanel = { ...common, subject: z.object({ kind: z.literal("panel") }) };
/** About one instance. */
const ofInstance = {
  ...common,
  subject: z.object({
    kind: z.literal("instance"),
    id: z.string(),
    uid: z.string(),
    name: z.string(),
  }),
};
const Run = z.object({ jobId: z.string().nullable(), message: z.string().nullable() });
const Left = z.object({ free: z.number(), total: z.number() });

/** A problem or a notable fact, for as long as it lasts. */
export const Condition = z.discriminatedUnion("code", [
  z.object({
    ...ofPanel,
    code: z.literal("ENGINE_UNREACHABLE"),
    detail: z.object({ message: z.string() }),
  }),
  z.object({
    ...ofPanel,
    code: z.literal("IMAGE_MISSING"),
    detail: z.object({ image: z.string() }),
  }),
  /** The store's reserve is used up; `owed` writes wait in memory. */
  z.object({ ...ofPanel, code: z.literal("DISK_FULL"), detail: z.object({ owed: z.number() }) }),
  z.object({ ...ofPanel, code: z.literal("DISK_NEARLY_FULL"), detail: Left }),
  z.object({ ...ofPanel, code: z.literal("MEMORY_NEARLY_FULL"), detail: Left }),
  z.object({
    ...ofInstance,
    code: z.literal("INSTANCE_ERROR"),
    detail: z.object({
      /** `statusDetail.code` of the instance. */
      cause: z.string().nullable(),
      exitCode: z.number().nullable(),
      message: z.string().nullable(),
    }),
  }),
  /** The panel failed to start it and retries; `message` is null during an attempt. */
  z.object({
    ...ofInstance,
    code: z.literal("START_OWED"),
    detail: z.object({ message: z.string().nullable(), retryAt: z.iso.datetime().nullable() }),
  }),
  z.object({
    ...ofInstance,
    code: z.literal("RESTORE_UNDECIDED"),
    detail: z.object({ snapshotId: z.string() }),
  }),
  z.object({ ...ofPanel, code: z.literal("SCHEDULE_FAILED"), detail: Run }),
  z.object({ ...ofPanel, code: z.literal("SCHEDULE_PARTIAL"), detail: Run }),
  z.object({ ...ofPanel, code: z.literal("BACKUP_NONE"), detail: z.object({}) }),
  z.object({
    ...ofPanel,
    code: z.literal("BACKUP_OLD"),
    detail: z.object({ newestAt: z.iso.datetime() }),
  }),
  z.object({
    ...ofPanel,
    code: z.literal("COMPOSE_FILE_STALE"),
    detail: z.object({ message: z.string() }),
  }),
  z.object({
    ...ofPanel,
    code: z.literal("ORPHAN_CONTAINERS"),
    detail: z.object({
      containers: z.array(z.object({ id: z.string(), container: z.string() })),
    }),
  }),
  /** Browsers warn, as the given certificate is not for the names of these instances. */
  z.object({
    ...ofPanel,
    code: z.literal("CERTIFICATE_NAMES"),
    detail: z.object({ names: z.array(z.string()) }),
  }),
  /** Through a declared proxy nobody opens instances: their names lead to each visitor's own machine. */
  z.object({ ...ofPanel, code: z.literal("DOMAIN_MISSING"), detail: z.object({}) }),
  z.object({
    ...ofInstance,
    code: z.literal("INGRESS_REFUSED"),
    detail: z.object({}),
  }),
  /** It opens, and its page does not connect. */
  z.object({
    ...ofInstance,
    code: z.literal("WEBSOCKET_BLOCKED"),
    detail: z.object({}),
  }),
  z.object({
    ...ofInstance,
    code: z.literal("CHANGE_PENDING"),
    detail: z.object({ change: z.enum(["definition", "image"]), image: z.string() }),
  }),
]);
export type Condition = z.infer<typeof Condition>;
/** The whole list, on each change. */
export const ConditionEvent = z.object({
  type: z.literal("snapshot"),
  conditions: Condition.array(),
});
export type ConditionEvent = z.output<typeof ConditionEvent>;
export type ConditionCode = Condition["code"];
