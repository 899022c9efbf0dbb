import { describe, expect, test } from "vitest";
import { DomainError } from "../errors.ts";
import type { InstanceSpec } from "../instance.ts";
import type { InstanceRecord } from "./instance-record.ts";
import { planRestore, type RestoreSurroundings } from "./restore-plan.ts";

const IMAGE_ID = `sha256:${"a".repeat(64)}`;

function recordOf(id: string, port: number, patch: Partial<InstanceRecord> = {}) {
  const record: InstanceRecord = {
    id,
    name: `Name of ${id}`,
    port,
    publishHost: "127.0.0.1",
    timezone: "UTC",
    desired: "running",
    createdAt: "2026-01-01T00:00:00.000Z",
    image: { ref: "openclaw:test", id: IMAGE_ID, digest: null },
    openclawVersion: "2026.9.6",
    compose: "services: {}",
    takenAt: "2026-02-01T00:00:00.000Z",
    ...patch,
  };
  return { record, bytes: 1_000 };
}

const spec = (id: string, port: number): InstanceSpec => ({
  id,
  uid: `uid of ${id}`,
  name: `Live ${id}`,
  port,
  label: `${id}-0000000000`,
  ingress: null,
  ingressFault: null,
  subnet: "10.99.0.0/29",
  image: "openclaw:test",
  publishHost: "127.0.0.1",
  timezone: "UTC",
  user: null,
  owner: null,
  ownership: "o0",
  group: null,
  tags: [],
  webhookPaths: [],
  template: null,
  desired: "running",
  phase: "ready",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
});

const here = (patch: Partial<RestoreSurroundings> = {}): RestoreSurroundings => ({
  specs: [],
  running: new Set(),
  takenPorts: new Set(),
  image: "openclaw:test",
  imageOf: () => ({ id: IMAGE_ID, version: "2026.9.6" }),
  ...patch,
});

const BACKUP = [recordOf("ben", 20_001), recordOf("anna", 20_000)];
const refused = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error("it was not refused");
};

describe("what a restore would do", () => {
  test("all instances, when none is named: what is there is replaced, what is not is created", () => {
    const plan = planRestore(
      BACKUP,
      {},
      here({ specs: [spec("anna", 20_777)], running: new Set(["anna"]) }),
    );
    expect(plan).toEqual([
      {
        from: "anna",
        id: "anna",
        name: "Live anna",
        action: "replace",
        bytes: 1_000,
        takenAt: "2026-02-01T00:00:00.000Z",
        portBefore: 20_000,
        port: 20_777,
        running: true,
        warnings: [],
      },
      {
        from: "ben",
        id: "ben",
        name: "Name of ben",
        action: "create",
        bytes: 1_000,
        takenAt: "2026-02-01T00:00:00.000Z",
        portBefore: 20_001,
        port: 20_001,
        running: false,
        warnings: [],
      },
    ]);
  });

  test("only copies, when only copies are named: each with a port still to be allocated", () => {
    const copies = [
      { from: "anna", id: "anna-2", name: "二号" },
      { from: "anna", id: "anna-3", name: "三号" },
    ];
    const plan = planRestore(BACKUP, { copies }, here({ specs: [spec("anna", 20_000)] }));
    expect(plan).toMatchObject([
      { from: "anna", id: "anna-2", name: "二号", action: "copy", port: null, warnings: [] },
      { from: "anna", id: "anna-3", name: "三号", action: "copy", port: null, warnings: [] },
    ]);
  });

  test("an instance and a copy of it at once", () => {
    const copies = [{ from: "anna", id: "a2", name: "A2" }];
    const plan = planRestore(BACKUP, { instanceIds: ["anna"], copies }, here());
    expect(plan.map(({ id, action }) => [id, action])).toEqual([
      ["a2", "copy"],
      ["anna", "create"],
    ]);
  });

  test("a port that is taken is told, also when another one of the backup takes it", () => {
    const taken = planRestore(
      BACKUP,
      { instanceIds: ["ben"] },
      here({ takenPorts: new Set([20_001]) }),
    );
    expect(taken).toMatchObject([{ port: null, portBefore: 20_001, warnings: ["PORT_CHANGES"] }]);
    const twins = planRestore([recordOf("a", 20_000), recordOf("b", 20_000)], {}, here());
    expect(twins).toMatchObject([
      { port: 20_000, warnings: [] },
      { port: null, warnings: ["PORT_CHANGES"] },
    ]);
  });

  test("another image and a newer OpenClaw in the backup are told", () => {
    const backup = [recordOf("anna", 20_000, { openclawVersion: "2026.10.1" })];
    const plan = (version: string | null) =>
      planRestore(
        backup,
        {},
        here({ imageOf: () => ({ id: `sha256:${"b".repeat(64)}`, version }) }),
      )[0]?.warnings;
    expect(plan("2026.9.6")).toEqual(["NEWER_VERSION", "OTHER_IMAGE"]);
    expect(plan("2026.10.1")).toEqual(["OTHER_IMAGE"]);
    expect(plan(null)).toEqual(["OTHER_IMAGE"]);
  });

  test("that another instance has the id by now is told, by its uid or by when it was made", () => {
    const plan = (record: Partial<InstanceRecord>, createdAt = "2026-01-01T00:00:00.000Z") => {
      const [backup, specs] = [[recordOf("anna", 1, record)], [{ ...spec("anna", 1), createdAt }]];
      return planRestore(backup, {}, here({ specs })).map(({ warnings }) => warnings);
    };
    expect(plan({ uid: "uid of anna" })).toEqual([[]]);
    expect(plan({ uid: "0".repeat(32) })).toEqual([["OTHER_INSTANCE"]]);
    expect(plan({})).toEqual([[]]);
    expect(plan({}, "2026-02-01T00:00:00.001Z")).toEqual([["OTHER_INSTANCE"]]);
  });

  test("files that the backup lacks are a warning, with their number", () => {
    const leftOut = { links: 2, others: 0 };
    const backup = [recordOf("anna", 20_000, { leftOut }), recordOf("ben", 20_001)];
    expect(planRestore(backup, {}, here())).toMatchObject([
      { leftOut, warnings: ["LEFT_OUT"] },
      { warnings: [] },
    ]);
  });

  test("an image that is not there, or was not, is no other image", () => {
    const gone = here({ imageOf: () => ({ id: null, version: null }) });
    expect(planRestore(BACKUP, {}, gone).flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test("the image of the instance counts, not the one that a new instance would get", () => {
    const asked: string[] = [];
    planRestore(
      BACKUP,
      {},
      here({
        specs: [{ ...spec("anna", 1), image: "openclaw:own" }],
        imageOf: (ref) => {
          asked.push(ref);
          return { id: IMAGE_ID, version: null };
        },
      }),
    );
    expect(asked.sort()).toEqual(["openclaw:own", "openclaw:test"]);
  });
});

describe("a wish that cannot be meant so is refused", () => {
  const plan = (request: Parameters<typeof planRestore>[1], specs: InstanceSpec[] = []) =>
    refused(() => planRestore(BACKUP, request, here({ specs })));

  test("an instance that the backup does not hold", () => {
    const { reason, message } = plan({ instanceIds: ["nobody"] });
    expect(reason).toBe("INVALID_INPUT");
    expect(message).toContain("no instance nobody");
    expect(message).toContain("anna");
    expect(plan({ copies: [{ from: "nobody", id: "x", name: "X" }] }).reason).toBe("INVALID_INPUT");
  });

  test.each([
    { instanceIds: ["anna", "anna"] },
    {
      copies: [
        { from: "anna", id: "x", name: "X" },
        { from: "ben", id: "x", name: "X" },
      ],
    },
    { instanceIds: ["anna"], copies: [{ from: "ben", id: "anna", name: "A" }] },
  ])("the same id twice: %j", (request) => {
    expect(plan(request)).toMatchObject({ reason: "INVALID_INPUT" });
    expect(plan(request).message).toContain("twice");
  });

  test("a copy onto an instance that exists", () => {
    const copies = [{ from: "anna", id: "ben", name: "B" }];
    expect(plan({ copies }, [spec("ben", 20_001)]).reason).toBe("INSTANCE_EXISTS");
  });

  test("a copy with an id that is none", () => {
    const copies = [{ from: "anna", id: "Not An Id", name: "B" }];
    expect(plan({ copies })).toMatchObject({
      reason: "INVALID_INPUT",
      message: expect.stringContaining("lower-case"),
    });
  });

  test("nothing", () => {
    expect(plan({ instanceIds: [] }).message).toContain("at least one");
    expect(plan({ copies: [] }).reason).toBe("INVALID_INPUT");
  });
});
