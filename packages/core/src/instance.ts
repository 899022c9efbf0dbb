import { z } from "zod";
import { Group, Tags } from "./labels.ts";
import { nameProblem, nameSentences } from "./name-problem.ts";
import { TemplateId } from "./template-id.ts";
import { WebhookPaths } from "./webhook-paths.ts";

/** As in `openclaw fleet`: a DNS label of at most 40 characters. */
export const InstanceId = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    "The id must be 1 to 40 lower-case letters, digits or hyphens, and must start and end with a letter or digit.",
  );
export type InstanceId = z.infer<typeof InstanceId>;

/** Device names of Windows, which cannot name a folder. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9])$/;

export const isDeviceId = (id: string): boolean => DEVICE.test(id);

/** The id of a new instance. Existing instances keep their ids. */
export const NewInstanceId = InstanceId.refine((id) => !isDeviceId(id), {
  error: ({ input }) =>
    `The id must not be ${input}: Windows has a device of that name, so no folder there can have it. Choose another id.`,
});

const NAME_SENTENCES = nameSentences("The name", 64);

export const InstanceName = z
  .string()
  .superRefine((text, ctx) => {
    const problem = nameProblem(text);
    if (problem) ctx.addIssue({ code: "custom", message: NAME_SENTENCES[problem] });
  })
  .trim();

/** A TCP port on the host. Ports below 1024 need privileges that Docker's proxy may lack. */
export const HostPort = z
  .int()
  .min(1024, "The port must be between 1024 and 65535.")
  .max(65535, "The port must be between 1024 and 65535.");

export const NewInstance = z.object({
  id: NewInstanceId,
  name: InstanceName,
  port: HostPort.exactOptional(),
  start: z.boolean().default(true),
  /** The owner's user name. */
  owner: z.string().max(64).exactOptional(),
  group: Group.nullable().exactOptional(),
  tags: Tags.exactOptional(),
  /** The template of its configuration; the default one if omitted. */
  template: TemplateId.exactOptional(),
});
export type NewInstance = z.infer<typeof NewInstance>;

/** A change that needs no new container; keeps the fields that it does not name. */
export const InstanceChange = z.object({
  id: InstanceId,
  name: InstanceName.exactOptional(),
  /** Null: no group. */
  group: Group.nullable().exactOptional(),
  /** Replaces all tags. */
  tags: Tags.exactOptional(),
  /** Replaces all paths that channels call without a session. */
  webhookPaths: WebhookPaths.exactOptional(),
});
export type InstanceChange = z.infer<typeof InstanceChange>;

export const DesiredState = z.enum(["running", "stopped"]);
export type DesiredState = z.infer<typeof DesiredState>;

/**
 * The lifecycle step of an instance, for repair after a crash: `creating` is finished, `removing`
 * and `purging` (with data) are carried through.
 */
export const Phase = z.enum(["creating", "ready", "removing", "purging"]);
export type Phase = z.infer<typeof Phase>;

/** The secrets that prove the panel to the gateway of an instance that is opened through it. */
export interface Ingress {
  /** The secret name of the header with the identity of whoever asks. */
  header: string;
  /** For OpenClaw's own commands inside the container. */
  password: string;
  /** The gateway has once taken the panel for its proxy. */
  proven: boolean;
}

/** The desired state of one instance, as stored. */
export interface InstanceSpec {
  id: InstanceId;
  /** Never changes and is never reused, unlike the id. */
  uid: string;
  name: string;
  /** Its name in the address at which the panel serves it; never used again, unlike the id. */
  label: string;
  /** Null: it opens by a link with its token. */
  ingress: Ingress | null;
  /** Why it opens by its token although the panel would serve it; null otherwise. */
  ingressFault: string | null;
  /** The host port published to the gateway. */
  port: number;
  /** CIDR of the instance's own bridge network, always a /29. */
  subnet: string;
  image: string;
  /** The host address at which the port is published. */
  publishHost: string;
  /** IANA time zone inside the container. */
  timezone: string;
  /** `uid:gid` of the container, or null for the image's own user. */
  user: string | null;
  /** The owner's user id, or null: only operators may access it. */
  owner: string | null;
  /** Random, and another one after each change of owner: for permissions that must not outlive it. */
  ownership: string;
  group: string | null;
  /** Each once, without regard to case. */
  tags: string[];
  /** What callers without a session reach: these paths and all below them. */
  webhookPaths: string[];
  /** Template of its first configuration, which a creation that was cut off still needs. */
  template: string | null;
  desired: DesiredState;
  phase: Phase;
  /** ISO-8601 UTC. */
  createdAt: string;
  updatedAt: string;
}

export const INSTANCE_STATUSES = [
  "created",
  "starting",
  "running",
  "stopping",
  "stopped",
  "error",
  "unknown",
] as const;
export const InstanceStatus = z.enum(INSTANCE_STATUSES);
export type InstanceStatus = z.infer<typeof InstanceStatus>;

/** The reason for a status, which the page translates. */
export const StatusDetail = z.object({
  code: z.enum([
    "QUEUED",
    "FINISHING_WORK",
    "BACKING_UP",
    "RESTORING",
    "CRASH_LOOP",
    "EXITED",
    "OUT_OF_MEMORY",
    "SLOW_START",
    "BUSY",
    "SILENT",
    "NOT_ANSWERING",
    "START_FAILED",
    "CONTAINER_MISSING",
    "CONTAINER_PAUSED",
    "CONTAINER_SILENT",
    "FOLDER_REPLACED",
    "ENGINE_UNREACHABLE",
  ]),
  exitCode: z.number().nullable(),
  /** The last lines that the container wrote, oldest first, at most 20. */
  lines: z.array(z.string()).readonly(),
  /** Minutes in this state, where that matters. */
  minutes: z.number().exactOptional(),
  /** The kinds of running work that a stop waits for, in the gateway's words. */
  work: z.array(z.string()).readonly().exactOptional(),
  /** When the panel retries a refused start, and the reason without the retry. */
  retry: z.object({ at: z.string(), reason: z.string() }).exactOptional(),
});
export type StatusDetail = z.output<typeof StatusDetail>;

/**
 * How a container differs from one created today: by template or spec (applied at the next start or
 * restart that a user asks for), or by the image behind its tag (applied when the container is
 * recreated). The panel never replaces a running container for it.
 */
export const PendingChange = z.enum(["definition", "image"]);
export type PendingChange = z.infer<typeof PendingChange>;

/**
 * - `panel`: people sign in with their account at the panel, which serves it at its own address.
 * - `token`: by a link with its token; the panel cannot serve it.
 * - `token-migratable`: by a link with its token, although the panel could serve it. The batch action
 *   `migrate` makes that `panel`.
 * - `unserved`: by nothing. Its gateway takes people from the panel only, which has no domain for it.
 */
export const OpensBy = z.enum(["panel", "token", "token-migratable", "unserved"]);
export type OpensBy = z.infer<typeof OpensBy>;

/** An instance as the API shows it: the spec joined with the engine's current answer. */
export const Instance = z.object({
  id: z.string(),
  /** Distinguishes it from other instances of the same id, past or future. */
  uid: z.string(),
  name: z.string(),
  port: z.number(),
  status: InstanceStatus,
  /** One sentence, or null when there is nothing to explain. */
  statusReason: z.string().nullable(),
  statusDetail: StatusDetail.nullable(),
  pendingChange: PendingChange.nullable().exactOptional(),
  desired: DesiredState,
  /** Address of the Control UI without its token; an `unserved` one lets nobody in there. */
  url: z.string(),
  opensBy: OpensBy,
  image: z.string(),
  /** The owner's user name, or null. */
  owner: z.string().nullable(),
  /** Null: in no group. */
  group: z.string().nullable(),
  tags: z.array(z.string()),
  /** Open to callers without a session, for the callbacks of channels. */
  webhookPaths: z.array(z.string()),
  restartCount: z.number(),
  /** ISO-8601 UTC, or null when the container is not running. */
  startedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Instance = z.output<typeof Instance>;
