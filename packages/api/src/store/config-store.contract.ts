import { createHash } from "node:crypto";
import { KEPT } from "@claw/core/config-history";
import { KEPT_ROLLOUTS } from "@claw/core/config-rollout";
import { describe, expect, test } from "vitest";
import { userOf } from "../../tests/support/sign-in.ts";
import { jobOf, specOf } from "../../tests/support/specs.ts";
import type { StoreHarness } from "./store.contract.ts";
import type { Store } from "./store.ts";

const AT = "2026-01-02T00:00:00.000Z";
const revisionOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** The part of the `Store` contract about versions of configurations. */
export function describeConfigStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  const uid = specOf().uid;
  const withAnna = async (action: (store: Store, harness: StoreHarness) => Promise<void>) => {
    await using harness = await makeHarness();
    await using store = await harness.open();
    await store.insertInstance(() => specOf());
    await action(store, harness);
  };
  const draft = (text: string) =>
    ({
      uid,
      at: AT,
      by: "anna",
      source: "editor",
      revision: revisionOf(text),
      isPending: false,
      replaced: null,
      rollout: null,
    }) as const;
  const insert = (
    store: Store,
    text: string,
    more: Partial<Parameters<Store["insertConfigVersion"]>[0]> = {},
  ) => store.insertConfigVersion({ ...draft(text), ...more }, text);
  const listed = async (store: Store) =>
    (await store.listConfigVersions(uid, { before: null, limit: 1_000 }, null)).map(
      (each) => each.version,
    );

  describe(`${name} store: versions of a configuration`, () => {
    test("are counted from 1, and listed from the newest in pages", () =>
      withAnna(async (store) => {
        expect(await store.newestConfigVersion(uid)).toBeNull();
        for (const text of ["{ a: 1 }", "{ a: 2 }", "{ a: 3 }"]) await insert(store, text);
        const page = await store.listConfigVersions(uid, { before: null, limit: 2 }, null);
        expect(page.map(({ version }) => version)).toEqual([3, 2]);
        const rest = await store.listConfigVersions(uid, { before: 2, limit: 2 }, null);
        const { ownership } = specOf();
        expect(rest).toEqual([
          { ...draft("{ a: 1 }"), ownership, version: 1, size: 8, healthyAt: null },
        ]);
        expect(await store.findConfigVersion(uid, 1)).toEqual(rest[0]);
        expect(await store.findConfigVersion(uid, 4)).toBeNull();
      }));

    test.each([
      ["comments and other scripts", "{\n  // 注释 \u{1f99e}\n  a: 1,\n}\n"],
      ["Windows' line ends and a byte order mark", "\u{feff}{\r\n}\r\n"],
      ["nothing at all", ""],
      ["a large one", `{ a: "${"x".repeat(1024 * 1024)}" }`],
    ])("keep their texts byte for byte, also after a restart: %s", (_, text) =>
      withAnna(async (store, harness) => {
        const { version, size } = await insert(store, text);
        await insert(store, "{}");
        await using again = await harness.open();
        expect(await again.configTextOf(uid, version)).toBe(text);
        expect(size).toBe(Buffer.byteLength(text));
        expect(await again.configTextOf(uid, 9)).toBeNull();
      }));

    test("with the same text share it, and do not lose it together", () =>
      withAnna(async (store) => {
        for (const text of ["{ a: 1 }", "{ a: 2 }", "{ a: 1 }"]) await insert(store, text);
        await store.dropConfigVersion(uid, 3);
        expect(await store.configTextOf(uid, 1)).toBe("{ a: 1 }");
        expect(await listed(store)).toEqual([2, 1]);
      }));

    test("that are pending show as the newest only, until they are confirmed", () =>
      withAnna(async (store) => {
        await insert(store, "{ a: 1 }");
        await insert(store, "{ a: 2 }", { isPending: true });
        expect(await listed(store)).toEqual([1]);
        expect(await store.newestConfigVersion(uid)).toMatchObject({ version: 2, isPending: true });
        await store.confirmConfigVersion(uid, 2);
        expect(await listed(store)).toEqual([2, 1]);
      }));

    test("with which the instance was healthy: the last one is found", () =>
      withAnna(async (store) => {
        for (const text of ["{ a: 1 }", "{ a: 2 }", "{ a: 3 }"]) await insert(store, text);
        expect(await store.lastHealthyConfigVersion(uid, null)).toBeNull();
        await store.markConfigHealthy(uid, 1, AT);
        await store.markConfigHealthy(uid, 2, AT);
        expect(await store.lastHealthyConfigVersion(uid, null)).toMatchObject({
          version: 2,
          healthyAt: AT,
        });
      }));

    test("belong to the ownership in which they were added; the present one is anybody's", () =>
      withAnna(async (store) => {
        for (const text of ["{ a: 1 }", "{ a: 2 }"]) {
          const { version } = await insert(store, text);
          await store.markConfigHealthy(uid, version, AT);
        }
        await store.insertUser(userOf({ id: "u1", username: "ben" }));
        const { ownership } = await store.updateInstance(specOf().id, {
          owner: "u1",
          updatedAt: AT,
        });
        const seen = async (current: number | null) => {
          const scope = { ownership, current };
          const page = await store.listConfigVersions(uid, { before: null, limit: 9 }, scope);
          const healthy = await store.lastHealthyConfigVersion(uid, scope);
          return [page.map(({ version }) => version), healthy?.version];
        };
        expect(await seen(null)).toEqual([[], undefined]);
        expect(await seen(2)).toEqual([[2], 2]);
        expect((await insert(store, "{ a: 3 }")).ownership).toBe(ownership);
        expect(await seen(3)).toEqual([[3], undefined]);
        expect(await listed(store)).toEqual([3, 2, 1]);
      }));

    test("of a roll-out are found by its job, pending or not, with what they replaced", () =>
      withAnna(async (store, harness) => {
        await insert(store, "{ a: 1 }");
        await insert(store, "{ a: 2 }", { isPending: true, replaced: 1, rollout: "job-1" });
        await using again = await harness.open();
        const found = { version: 2, replaced: 1, rollout: "job-1", isPending: true };
        expect(await again.findRolloutVersion(uid, "job-1")).toMatchObject(found);
        expect(await again.findRolloutVersion(uid, "job-2")).toBeNull();
        expect(await again.findRolloutVersion("another uid", "job-1")).toBeNull();
      }));

    test("are bounded, with their texts; the last healthy one stays", () =>
      withAnna(async (store) => {
        const count = KEPT.written + 5;
        for (let n = 1; n <= count; n++) {
          await insert(store, `{ a: ${n} }`);
          if (n === 2) await store.markConfigHealthy(uid, 2, AT);
        }
        const versions = await listed(store);
        expect(versions).toHaveLength(KEPT.written + 2);
        expect(versions.at(-1)).toBe(2);
        expect(await store.configTextOf(uid, 2)).toBe("{ a: 2 }");
        expect(await store.configTextOf(uid, 1)).toBeNull();
      }));

    test("are changed by roll-outs, whose change is kept by the job", () =>
      withAnna(async (store, harness) => {
        await store.saveJob(jobOf({ id: "job-1" }));
        const patch = { gateway: { port: null, bind: "lan" }, tags: ["a", 1, true] };
        await store.keepRollout("job-1", patch);
        await using again = await harness.open();
        expect(await again.findRollout("job-1")).toEqual(patch);
        expect(await again.findRollout("job-2")).toBeNull();
      }));

    test("are changed by roll-outs, of which the last ones that ended keep their change", () =>
      withAnna(async (store) => {
        const rollOut = async (n: number, finishedAt: string | null) => {
          const createdAt = new Date(Date.parse(AT) + n * 1_000).toISOString();
          await store.saveJob(jobOf({ id: `job-${n}`, createdAt, finishedAt }));
          await store.keepRollout(`job-${n}`, { n });
        };
        await rollOut(0, null);
        for (let n = 1; n <= KEPT_ROLLOUTS + 1; n++) await rollOut(n, AT);
        const kept = [0, 1, 2, KEPT_ROLLOUTS + 1].map((n) => store.findRollout(`job-${n}`));
        expect(await Promise.all(kept)).toEqual([
          { n: 0 },
          null,
          { n: 2 },
          { n: KEPT_ROLLOUTS + 1 },
        ]);
      }));

    test("go with the instance, and belong to it alone", () =>
      withAnna(async (store) => {
        const ben = specOf({ id: "ben" }, 1);
        await store.insertInstance(() => ben);
        await insert(store, "{ token: 1 }");
        await insert(store, "{ token: 1 }", { uid: ben.uid });
        await store.deleteInstance(specOf().id);
        expect(await listed(store)).toEqual([]);
        expect(await store.configTextOf(uid, 1)).toBeNull();
        expect(await store.configTextOf(ben.uid, 1)).toBe("{ token: 1 }");
        await expect(insert(store, "{}")).rejects.toMatchObject({ reason: "INSTANCE_NOT_FOUND" });
      }));
  });
}
