import { parseDocument } from "yaml";
import { z } from "zod";
import { DomainError, messageOf } from "../errors.ts";
import { resolveHostPath } from "../host-path.ts";
import { isolationFaults } from "./isolation.ts";
import { parseDuration, parseSize } from "./units.ts";

/**
 * The part of the Compose file format that the Docker driver applies. Objects are strict: a key
 * that would not be applied is refused by name, never ignored.
 */
const text = z.string().min(1);
const duration = text.transform((value, context) => {
  const seconds = parseDuration(value);
  if (seconds !== null) return seconds;
  context.addIssue({ code: "custom", message: `"${value}" is not a duration such as 30s` });
  return z.NEVER;
});
const size = text.transform((value, context) => {
  const bytes = parseSize(value);
  if (bytes !== null) return bytes;
  context.addIssue({ code: "custom", message: `"${value}" is not a size such as 2g` });
  return z.NEVER;
});

const port = text.transform((value, context) => {
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|[0-9.]+):)?(\d+):(\d+)(?:\/tcp)?$/.exec(value);
  if (match)
    return {
      hostIp: (match[1] ?? "").replace(/^\[|\]$/g, ""),
      hostPort: Number(match[2]),
      containerPort: Number(match[3]),
    };
  context.addIssue({
    code: "custom",
    message: `"${value}" is not of the form address:hostPort:containerPort`,
  });
  return z.NEVER;
});

const volume = text.transform((value, context) => {
  const match = /^(\.{1,2}\/[^:]*|\/[^:]*|[A-Za-z]:[\\/][^:]*):(\/[^:]+?)(?::(ro|rw))?$/.exec(
    value,
  );
  const [, source, target, mode] = match ?? [];
  if (source !== undefined && target !== undefined)
    return { source, target, readOnly: mode === "ro" };
  context.addIssue({
    code: "custom",
    message: `"${value}" is not a bind mount of the form ./folder:/folder (named volumes are not supported)`,
  });
  return z.NEVER;
});

const Healthcheck = z.strictObject({
  test: z.array(text).min(2),
  interval: duration,
  timeout: duration,
  retries: z.int().min(1),
  start_period: duration,
});

const Service = z.strictObject({
  image: text,
  container_name: text,
  hostname: text,
  command: z.array(z.string()),
  user: text.optional(),
  init: z.boolean(),
  restart: z.enum(["no", "always", "unless-stopped"]),
  stop_grace_period: duration,
  ports: z.array(port),
  volumes: z.array(volume),
  environment: z.record(z.string(), z.string()),
  healthcheck: Healthcheck,
  cap_drop: z.array(text),
  // Rights on the host: isolationFaults refuses them unless the administrator allows them.
  privileged: z.boolean().optional(),
  cap_add: z.array(text).optional(),
  devices: z.array(text.regex(/^\/[^:]+(?::\/[^:]+(?::[rwm]{1,3})?)?$/)).optional(),
  pid: z.literal("host").optional(),
  ipc: z.literal("host").optional(),
  security_opt: z.array(text),
  pids_limit: z.int(),
  mem_limit: size,
  logging: z.strictObject({ driver: text, options: z.record(z.string(), z.string()) }),
  networks: z.array(text).length(1),
  labels: z.record(z.string(), z.string()),
});
/** A service has one network; only a restore test (compose/restore-test.ts) has none. */
export type ComposeService = z.output<typeof Service>;

const Network = z.strictObject({
  name: text,
  driver: z.literal("bridge"),
  ipam: z.strictObject({
    config: z.array(z.strictObject({ subnet: text, gateway: text })).length(1),
  }),
  labels: z.record(z.string(), z.string()),
});
export type ComposeNetwork = z.output<typeof Network>;

const Project = z.strictObject({
  name: text,
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), Network),
});

/** A parsed compose file. Bind mount sources are absolute paths on the Docker host. */
export interface ComposeProject extends z.output<typeof Project> {
  /** Absolute path of the compose file's folder on the Docker host. */
  workingDir: string;
}

/** Undoes Compose's escape of `$` and refuses variables, which only Compose could substitute. */
function interpolate(value: string): string {
  return value.replace(/\$(\$?)/g, (_, second: string) => {
    if (second !== "") return "$";
    throw invalid(`uses a variable in "${value}". Write the value itself, or $$ for a dollar sign`);
  });
}

function interpolateDeep(value: unknown): unknown {
  if (typeof value === "string") return interpolate(value);
  if (Array.isArray(value)) return value.map(interpolateDeep);
  if (value === null || typeof value !== "object") return value;
  // zod would drop it silently.
  if (Object.hasOwn(value, "__proto__")) throw refused("unsupported key __proto__");
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, interpolateDeep(v)]));
}

/**
 * Reads a rendered compose file in `workingDir`. Throws TEMPLATE_INVALID with the location of a
 * YAML error or the name of each unknown or wrong key and, unless `allowUnsafe`, of each breach of
 * isolation.
 */
export function parseComposeProject(
  source: string,
  workingDir: string,
  options: { allowUnsafe: boolean } = { allowUnsafe: false },
): ComposeProject {
  const parsed = Project.safeParse(interpolateDeep(readYaml(source)));
  if (!parsed.success) throw refused(describeIssues(parsed.error));
  const services = Object.entries(parsed.data.services).map(([id, service]) => [
    id,
    {
      ...service,
      volumes: service.volumes.map((volume) => ({
        ...volume,
        source: resolveHostPath(workingDir, volume.source),
      })),
    },
  ]);
  const project = { ...parsed.data, services: Object.fromEntries(services), workingDir };
  const faults = isolationFaults(project, options);
  if (faults.length > 0) throw refused(faults.join("; "));
  return project;
}

function readYaml(source: string): unknown {
  try {
    const document = parseDocument(source, { prettyErrors: true });
    // A warning is a tag that would be ignored.
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault) throw fault;
    return document.toJS();
  } catch (error) {
    const [sentence] = messageOf(error).split("\n");
    throw invalid(`does not render to valid YAML: ${sentence?.replace(/:$/, "")}`);
  }
}

function refused(what: string): DomainError {
  return invalid(`renders to something that the panel cannot apply: ${what}`);
}

function invalid(what: string): DomainError {
  return new DomainError("TEMPLATE_INVALID", `The compose template ${what}.`);
}

function describeIssues(error: z.ZodError): string {
  const sentences = error.issues.map((issue) => {
    const place = issue.path.join(".");
    if (issue.code === "unrecognized_keys")
      return issue.keys
        .map((key) => `unsupported key ${place ? `${place}.` : ""}${key}`)
        .join(", ");
    return place ? `${place}: ${issue.message}` : issue.message;
  });
  return [...new Set(sentences)].slice(0, 5).join("; ");
}
