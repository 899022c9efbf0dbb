import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { jobOf, specOf } from "../../tests/support/specs.ts";
import type { Store, TakenByInstances } from "./store.ts";

/** Test hooks that the contract suite needs for each driver. */
export interface StoreHarness extends AsyncDisposable {
  /** Reopens the same records at each call. */
  open(): Promise<Store>;
}

const LATER = "2026-01-02T00:00:00.000Z";

/** The contract of `Store`, as tests that every driver must pass. */
export function describeStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  const withStore = async (action: (store: Store, harness: StoreHarness) => Promise<void>) => {
    await using harness = await makeHarness();
    await using store = await harness.open();
    await action(store, harness);
  };
  const insert = (store: Store, spec = specOf()) => store.insertInstance(() => spec);

  describe(`${name} store: instances`, () => {
    test("begins empty", () =>
      withStore(async (store) => {
        expect(await store.listInstances()).toEqual([]);
        expect(await store.findInstance("anna")).toBeNull();
      }));

    test("keeps every field of a spec as it is", () =>
      withStore(async (store) => {
        const odd = specOf({
          id: "x".repeat(40),
          name: '王\'; DROP TABLE instances; -- \u{1f99e} "$x"',
          user: "1001:1001",
          publishHost: "::",
          group: "销售 \u{1f99e}",
          tags: ["VIP", 'it\'s "quoted", with a comma', "测试"],
          template: "t1",
          desired: "stopped",
          phase: "creating",
        });
        const plain = specOf({ user: null }, 1);
        expect(await insert(store, odd)).toEqual(odd);
        await insert(store, plain);
        expect(await store.findInstance(odd.id)).toEqual(odd);
        expect(await store.findInstance(plain.id)).toEqual(plain);
      }));

    test("lists in the order of the ids", () =>
      withStore(async (store) => {
        const ids = ["b", "a1", "a-1", "a", "0"];
        for (const [number, id] of ids.entries()) await insert(store, specOf({ id }, number));
        expect((await store.listInstances()).map(({ id }) => id)).toEqual([
          "0",
          "a",
          "a-1",
          "a1",
          "b",
        ]);
      }));

    test("refuses an id, a port and a subnet that another has", () =>
      withStore(async (store) => {
        await insert(store, specOf());
        await expect(insert(store, specOf({ id: "i0" }, 1))).rejects.toMatchObject({
          name: "DomainError",
          reason: "INSTANCE_EXISTS",
        });
        await expect(insert(store, specOf({ port: 20_000 }, 1))).rejects.toMatchObject({
          name: "DomainError",
          reason: "PORT_TAKEN",
        });
        await expect(insert(store, specOf({ subnet: specOf().subnet }, 1))).rejects.toThrow();
        expect(await store.listInstances()).toEqual([specOf()]);
        await insert(store, specOf({}, 1));
      }));

    test("tells the one who chooses what is taken", () =>
      withStore(async (store) => {
        await insert(store, specOf({}, 0));
        await insert(store, specOf({ phase: "purging" }, 1));
        let seen: TakenByInstances | undefined;
        await store.insertInstance((taken) => {
          seen = taken;
          return specOf({}, 2);
        });
        expect(seen).toEqual({
          ids: new Set(["i0", "i1"]),
          ports: new Set([20_000, 20_001]),
          subnets: [specOf({}, 0).subnet, specOf({}, 1).subnet],
        });
      }));

    test("inserts nothing when the one who chooses refuses, and goes on", () =>
      withStore(async (store) => {
        const refusal = new DomainError("SUBNETS_EXHAUSTED", "none left");
        await expect(
          store.insertInstance(() => {
            throw refusal;
          }),
        ).rejects.toBe(refusal);
        expect(await store.listInstances()).toEqual([]);
        await insert(store);
        expect(await store.listInstances()).toHaveLength(1);
      }));

    test("gives 20 at the same time 20 ports, with nobody seeing what another took", () =>
      withStore(async (store) => {
        await Promise.all(
          Array.from({ length: 20 }, () =>
            store.insertInstance((taken) => specOf({}, taken.ports.size)),
          ),
        );
        const ports = (await store.listInstances()).map(({ port }) => port);
        expect(new Set(ports).size).toBe(20);
        expect(Math.max(...ports)).toBe(20_019);
      }));

    test("changes what a patch names and nothing else", () =>
      withStore(async (store) => {
        await insert(store, specOf({}, 0));
        await insert(store, specOf({}, 1));
        const patch = {
          desired: "stopped",
          phase: "removing",
          port: 30_000,
          updatedAt: LATER,
        } as const;
        expect(await store.updateInstance("i0", patch)).toEqual({ ...specOf({}, 0), ...patch });
        expect(await store.findInstance("i0")).toEqual({ ...specOf({}, 0), ...patch });
        expect(await store.findInstance("i1")).toEqual(specOf({}, 1));
      }));

    test("refuses to change what is not there, or to a port that another has", () =>
      withStore(async (store) => {
        await insert(store, specOf({}, 0));
        await insert(store, specOf({}, 1));
        await expect(store.updateInstance("x", { updatedAt: LATER })).rejects.toMatchObject({
          reason: "INSTANCE_NOT_FOUND",
        });
        await expect(
          store.updateInstance("i0", { port: 20_001, updatedAt: LATER }),
        ).rejects.toMatchObject({ reason: "PORT_TAKEN" });
        expect(await store.findInstance("i0")).toEqual(specOf({}, 0));
      }));

    test("deletes, and does nothing when there is none", () =>
      withStore(async (store) => {
        await insert(store);
        await store.deleteInstance("i0");
        await store.deleteInstance("i0");
        expect(await store.listInstances()).toEqual([]);
        await insert(store);
      }));

    test("reads go on while others write", () =>
      withStore(async (store) => {
        const writes = Array.from({ length: 50 }, (_, number) => insert(store, specOf({}, number)));
        const reads = Array.from({ length: 50 }, () => store.listInstances());
        for (const list of await Promise.all(reads)) expect(list.length).toBeLessThanOrEqual(50);
        await Promise.all(writes);
        expect(await store.listInstances()).toHaveLength(50);
      }));
  });

  describe(`${name} store: jobs`, () => {
    test("keeps every field, whatever the work made", () =>
      withStore(async (store) => {
        const part = {
          ...{ bytes: 1, totalBytes: 2, files: 3 },
          bytesPerSecond: 4,
          secondsLeft: 5,
        };
        const anna = {
          id: "anna",
          name: "A",
          phase: "failed",
          downMs: null,
          problem: "啊",
        } as const;
        const detail = { ...part, instances: [{ ...part, ...anna }] };
        const failed = [{ id: "anna", reason: "BUSY", message: "啊" } as const];
        const result = { restored: [{ from: "ben", id: "b", snapshotId: null }], failed };
        const jobs = [
          jobOf({ id: "a", error: { reason: "INTERNAL", message: "啊" }, status: "failed" }),
          jobOf({ id: "b", result: { provider: null, answered: true, url: "x" } }),
          jobOf({ id: "c", kind: "restore", instanceId: null, startedAt: null, detail, result }),
          jobOf({ id: "d", progress: 1 / 3, finishedAt: LATER }),
          jobOf({ id: "e", instanceId: null, instanceIds: ["anna", "ben"], begunBy: "u1" }),
        ];
        for (const job of jobs) await store.saveJob(job);
        for (const job of jobs) expect(await store.findJob(job.id)).toEqual(job);
        expect(await store.findJob("x")).toBeNull();
      }));

    test("replaces one that is saved again", () =>
      withStore(async (store) => {
        await store.saveJob(jobOf());
        const done = jobOf({ status: "succeeded", progress: 1, finishedAt: LATER });
        await store.saveJob(done);
        expect(await store.listJobs(10)).toEqual([done]);
      }));

    test("saves in the order of the calls", () =>
      withStore(async (store) => {
        const steps = Array.from({ length: 30 }, (_, step) => jobOf({ progress: step / 30 }));
        await Promise.all(steps.map((job) => store.saveJob(job)));
        expect((await store.findJob("j1"))?.progress).toBe(29 / 30);
      }));

    test("lists the newest first, those of one moment always alike, and no more than asked", () =>
      withStore(async (store) => {
        await store.saveJob(jobOf({ id: "old", createdAt: "2025-12-31T23:59:59.999Z" }));
        await store.saveJob(jobOf({ id: "same-b" }));
        await store.saveJob(jobOf({ id: "same-a" }));
        await store.saveJob(jobOf({ id: "new", createdAt: LATER }));
        const ids = async (limit: number) => (await store.listJobs(limit)).map(({ id }) => id);
        expect(await ids(10)).toEqual(["new", "same-b", "same-a", "old"]);
        expect(await ids(2)).toEqual(["new", "same-b"]);
      }));
  });

  describe(`${name} store: opened again`, () => {
    test("has everything that was written, and opening it twice changes nothing", async () => {
      await using harness = await makeHarness();
      {
        await using store = await harness.open();
        await insert(store, specOf({}, 0));
        await store.saveJob(jobOf());
      }
      for (let time = 0; time < 3; time++) {
        await using store = await harness.open();
        expect(await store.listInstances()).toEqual([specOf({}, 0)]);
        expect(await store.listJobs(10)).toEqual([jobOf()]);
      }
    });

    test("has everything that was written before a crash", async () => {
      await using harness = await makeHarness();
      await using crashed = await harness.open();
      await insert(crashed, specOf({}, 0));
      await crashed.updateInstance("i0", { phase: "removing", updatedAt: LATER });
      await using store = await harness.open();
      expect((await store.findInstance("i0"))?.phase).toBe("removing");
    });

    test("ends after what was being written", async () => {
      await using harness = await makeHarness();
      const store = await harness.open();
      const writes = Array.from({ length: 10 }, (_, number) => insert(store, specOf({}, number)));
      await store[Symbol.asyncDispose]();
      await Promise.all(writes);
      await using again = await harness.open();
      expect(await again.listInstances()).toHaveLength(10);
    });
  });
}
