import type { AccessObject } from "@claw/core/access/viewer";
import { InstanceId } from "@claw/core/instance";

/** The objects that an input refers to. */
export interface Named {
  instanceIds: string[];
  /** Id or name of an object other than an instance. */
  object: string | null;
  /** False if a value is not a well-formed id or name. */
  isWhole: boolean;
}

/** The input field that names the object. */
const FIELD = {
  instance: "id",
  device: "id",
  instances: "ids",
  instanceIds: "instanceIds",
  someInstances: "ids",
  job: "id",
  backup: "id",
  snapshot: "id",
  template: "id",
  token: "id",
  session: "id",
  user: "username",
  invitation: "username",
} as const satisfies Record<AccessObject, string>;

const OF_INSTANCES: ReadonlySet<AccessObject> = new Set([
  "instance",
  "device",
  "instances",
  "instanceIds",
  "someInstances",
] as const);

/** An id or name in the panel's own format; nothing else gets into a record. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * The resources an input names, read before validation: values that do not look like ids are
 * skipped here and rejected by the procedure's own schema.
 */
export function named(on: AccessObject | undefined, input: unknown): Named {
  const value = on === undefined ? undefined : field(input, FIELD[on]);
  if (on !== undefined && OF_INSTANCES.has(on)) {
    const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const instanceIds = values.filter(isInstanceId);
    const object = on === "device" ? deviceIn(input) : null;
    return { instanceIds, object, isWhole: instanceIds.length === values.length };
  }
  const object = typeof value === "string" && NAME.test(value) ? value : null;
  const instanceIds = on === "invitation" ? [field(field(input, "instance"), "id")] : [];
  return {
    instanceIds: instanceIds.filter(isInstanceId),
    object,
    isWhole: value === undefined || object !== null,
  };
}

/**
 * The instances that an audit event of a call lists: those that the input refers to, and those of a
 * batch that creates or labels them. Not for permission, nor for visibility: a created instance
 * belongs to nobody yet, and its id may be somebody else's.
 */
export function listed(on: AccessObject | undefined, input: unknown): string[] {
  const items = on === "someInstances" ? field(input, "instances") : undefined;
  const ids = Array.isArray(items) ? items.map((item) => field(item, FIELD.instance)) : [];
  return [...named(on, input).instanceIds, ...ids.filter(isInstanceId)];
}

/** Id of what a call created, such as a job or a token; null without an id, or if it was named. */
export function made(answer: unknown, { instanceIds }: Pick<Named, "instanceIds">): string | null {
  const id = field(answer, "id");
  return typeof id === "string" && NAME.test(id) && !instanceIds.includes(id) ? id : null;
}

/** The request or device, for the record only: access depends on the instance. */
function deviceIn(input: unknown): string | null {
  const id = field(input, "requestId") ?? field(input, "deviceId");
  return typeof id === "string" && NAME.test(id) ? id : null;
}

function field(input: unknown, name: string): unknown {
  if (input === null || typeof input !== "object") return undefined;
  return Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
}

function isInstanceId(value: unknown): value is string {
  return InstanceId.safeParse(value).success;
}
