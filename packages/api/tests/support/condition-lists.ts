import type { Condition } from "@claw/core/conditions";
import { expect } from "vitest";
import type { ClawClient } from "../../src/client.ts";
import { eventually } from "./deadline.ts";

/** How full the disk of the machine is that runs the test is not what it is about. */
export const keysOf = (conditions: readonly Condition[]) =>
  conditions.map(({ key }) => key).filter((key) => !key.startsWith("DISK_"));

/** The lists that a viewer is sent, until the test ends. */
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
