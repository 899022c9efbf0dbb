import type { AccessObject } from "@claw/core/access/viewer";
import { InstanceId } from "@claw/core/instance";

/** What an input is about. */
export interface Named {
  instanceIds: string[];
  /** Id or name of another thing. */
  object: string | null;
  /** False when something is named in a way that no id or name is written. */
  isWhole: boolean;
}

/** Which field of the input names what it is about. */
const FIELD = {
  instance: "id",
  instances: "ids",
  instanceIds: "instanceIds",
  job: "id",
  backup: "id",
  snapshot: "id",
  token: "id",
  session: "id",
  user: "username",
} as const satisfies Record<AccessObject, string>;

/** An id or name of the panel's own making: nothing else gets into a record. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * What an input names, read before it is checked: whatever does not look like an id is left out,
 * and refused by the procedure's own schema.
 */
export function named(on: AccessObject | undefined, input: unknown): Named {
  const value = on === undefined ? undefined : field(input, FIELD[on]);
  if (on === "instance" || on === "instances" || on === "instanceIds") {
    const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const instanceIds = values.filter(isInstanceId);
    return { instanceIds, object: null, isWhole: instanceIds.length === values.length };
  }
  const object = typeof value === "string" && NAME.test(value) ? value : null;
  return { instanceIds: [], object, isWhole: value === undefined || object !== null };
}

/** Id of what a call made, such as a job or a token; null when it answers none, or what was named. */
export function made(answer: unknown, { instanceIds }: Pick<Named, "instanceIds">): string | null {
  const id = field(answer, "id");
  return typeof id === "string" && NAME.test(id) && !instanceIds.includes(id) ? id : null;
}

function field(input: unknown, name: string): unknown {
  if (input === null || typeof input !== "object") return undefined;
  return Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
}

function isInstanceId(value: unknown): value is string {
  return InstanceId.safeParse(value).success;
}
