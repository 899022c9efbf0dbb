import { createHash } from "node:crypto";
import { specHash } from "@claw/core/compose/spec-hash";
import { expect, test } from "vitest";
import { containerOf, specOf } from "../../../tests/support/specs.ts";
import { createPendingChanges } from "./pending-changes.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const spec = specOf();
const fitting = containerOf({
  specHash: specHash(spec, { home: "/srv", template: "t1", sha256 }),
  imageId: "sha256:1",
});

function setUp() {
  let changes = 0;
  const pending = createPendingChanges({ home: "/srv", onChange: () => void changes++ });
  return { pending, changes: () => changes };
}

test("nothing is pending as long as the template is not known, or of a container that is not", () => {
  const { pending } = setUp();
  expect(pending.of(spec, containerOf({ specHash: "other" }))).toBeNull();
  pending.learnTemplate("t1");
  expect(pending.of(spec, null)).toBeNull();
  expect(pending.of(spec, containerOf({ specHash: "", state: "unknown" }))).toBeNull();
});

test("another template, or another spec, is a change of the definition", () => {
  const { pending } = setUp();
  pending.learnTemplate("t1");
  expect(pending.of(spec, fitting)).toBeNull();
  expect(pending.of({ ...spec, name: "renamed" }, fitting)).toBeNull();
  expect(pending.of({ ...spec, port: 30_000 }, fitting)).toBe("definition");
  pending.learnTemplate("t2");
  expect(pending.of(spec, fitting)).toBe("definition");
});

test("a tag that names another image is told; one that names none is not", () => {
  const { pending } = setUp();
  pending.learnTemplate("t1");
  for (const [id, change] of [
    ["sha256:1", null],
    ["sha256:2", "image"],
    [null, null],
  ] as const) {
    pending.learnImage(spec.image, id === null ? null : { id, version: null });
    expect(pending.of(spec, fitting)).toBe(change);
  }
});

test("what is learnt anew is told once", () => {
  const { pending, changes } = setUp();
  for (let time = 0; time < 2; time++) {
    pending.learnTemplate("t1");
    pending.learnImage("a", { id: "1", version: "2026.9.6" });
    pending.learnImage("b", null);
  }
  expect(changes()).toBe(3);
  expect([pending.versionOf("a"), pending.versionOf("b"), pending.versionOf("c")]).toEqual([
    "2026.9.6",
    null,
    null,
  ]);
});
