import type { Condition } from "@claw/core/conditions";
import { expect } from "vitest";
import type { ClawClient } from "../../src/client.ts";
import { eventually } from "./deadline.ts";

/** Test results must not depend on how full this machine's disk is. */
export const keysOf = (conditions: readonly Condition[]) =>
  conditions.map(({ key }) => key).filter((key) => !key.startsWith("DISK_"));

/** The lists that a viewer receives until the test ends. */
export function watchConditions(client: ClawClient) {
  const lists: (readonly Condition[])[] = [];
  const { unsubscribe } = client.conditions.watch.subscribe(undefined, {
    onData: ({ conditions }) => void lists.push(conditions),
  });
  return {
    until: (...keys: string[]) =>
      eventually(() => expect(keysOf(lists.at(-1) ?? []), String(lists.length)).toEqual(keys)),
    [Symbol.dispose]: unsubscribe,
  };
}
