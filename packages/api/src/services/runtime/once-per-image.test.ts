import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { CommandOverrun } from "../../engine/command-overrun.ts";
import { oncePerImage } from "./once-per-image.ts";

function scene(...answers: (string | Error)[]) {
  const host = new FakeHost();
  const asked: string[] = [];
  const answersOf = oncePerImage(async (imageId) => {
    asked.push(imageId);
    const answer = answers.shift() ?? new Error("asked once too often");
    if (answer instanceof Error) throw answer;
    return answer;
  }, host);
  return { host, asked, ...answersOf };
}

test("each image is asked once, by all who ask at the same time and later", async () => {
  const { asked, of } = scene("one", "two");
  expect(await Promise.all([of("1"), of("1"), of("2")])).toEqual(["one", "one", "two"]);
  expect(await of("1")).toBe("one");
  expect(asked).toEqual(["1", "2"]);
});

test("one whose program failed is left alone for a while, and one that could not be asked is not", async () => {
  const { host, asked, of } = scene(
    new DomainError("ENGINE_UNREACHABLE", "away"),
    new DomainError("COMMAND_FAILED", "no such command"),
    "at last",
  );
  await rejects(of("1"), "ENGINE_UNREACHABLE");
  await rejects(of("1"), "COMMAND_FAILED");
  await rejects(of("1"), "COMMAND_FAILED");
  expect(asked).toHaveLength(2);
  host.advance(11 * 60_000);
  expect(await of("1")).toBe("at last");
});

test("one whose program ran out of time is asked again at once", async () => {
  const { of } = scene(new CommandOverrun("openclaw config schema", 60), "at last");
  await rejects(of("1"), "COMMAND_FAILED");
  expect(await of("1")).toBe("at last");
});

test("one that is forgotten is asked again", async () => {
  const { of, forget } = scene("one", "another");
  await of("1");
  forget("1");
  expect(await of("1")).toBe("another");
});

test("the answers are those that there are, and not of what is forgotten", async () => {
  const { of, answers, forget } = scene("one", new DomainError("COMMAND_FAILED", "none"), "three");
  const asked = of("1");
  expect(answers()).toEqual([]);
  await asked;
  await rejects(of("2"), "COMMAND_FAILED");
  await of("3");
  expect(answers()).toEqual(["one", "three"]);
  forget("1");
  expect(answers()).toEqual(["three"]);
});
