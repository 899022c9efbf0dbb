import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { createBackground } from "./background.ts";

test("work goes on by itself, its failures are told, and the end waits for all of it", async () => {
  const errors: unknown[] = [];
  const background = createBackground((error) => errors.push(error));
  const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  background.begin(() => one.promise);
  background.begin(() => two.promise);
  const ended: string[] = [];
  const end = background.ended().then(() => ended.push("ended"));
  one.reject(new Error("away"));
  await settled();
  expect(errors).toEqual([new Error("away")]);
  expect(ended).toEqual([]);
  two.resolve();
  await end;
  await background.ended();
});
