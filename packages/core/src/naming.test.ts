import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bracketed,
  containerName,
  instanceIdOf,
  isRestoreTestId,
  LABEL,
  projectName,
  restoreTestId,
  unbracketed,
} from "./naming.ts";

const id = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

test("the id of a restore test is known as one, and no instance can have it", () => {
  const trial = restoreTestId("0badc0de");
  expect(isRestoreTestId(trial)).toBe(true);
  expect(instanceIdOf(containerName(trial))).toBeNull();
  fc.assert(fc.property(id, (given) => !isRestoreTestId(given)));
});

describe("containerName and instanceIdOf", () => {
  test("undo one another", () => {
    fc.assert(
      fc.property(id, (given) => {
        expect(instanceIdOf(containerName(given))).toBe(given);
      }),
    );
  });

  test("make a name that Docker and the host name's rules allow", () => {
    fc.assert(
      fc.property(id, (given) => {
        const name = containerName(given);
        expect(name).toMatch(/^openclaw-[a-z0-9-]*[a-z0-9]$/);
        expect(name.length).toBeLessThanOrEqual(63);
      }),
    );
  });

  test.each([
    "",
    "openclaw-",
    "openclaw",
    "nginx",
    "openclaw-A",
    "openclaw-a-",
    "/openclaw-a",
    "xopenclaw-a",
    "openclaw-a\n",
  ])("%j is not the name of an instance's container", (name) => {
    expect(instanceIdOf(name)).toBeNull();
  });
});

test("labels are apart from one another and within our own name space", () => {
  const labels = Object.values(LABEL);
  expect(new Set(labels).size).toBe(labels.length);
  for (const label of labels) expect(label).toMatch(/^com\.clawmultideploy\.[a-z-]+$/);
});

test("a project's name is one that Compose accepts and tells homes apart", () => {
  expect(projectName("0123456789abcdef")).toBe("claw-01234567");
  expect(projectName("0123456789abcdef")).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
  expect(projectName("ffff")).not.toBe(projectName("fffe"));
});

test("only IPv6 addresses get brackets", () => {
  expect(bracketed("::1")).toBe("[::1]");
  expect(bracketed("127.0.0.1")).toBe("127.0.0.1");
  expect([unbracketed("[::1]"), unbracketed("panel.internal")]).toEqual(["::1", "panel.internal"]);
});
