import { expect, test } from "vitest";
import { backupOf, replacementOf, snapshotOf, specOf } from "../../tests/support/specs.ts";
import type { StoreHarness } from "./store.contract.ts";
import type { Store } from "./store.ts";

/** The part of the `Store` contract about backups, restores and settings. */
export function describeBackupStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  const withStore = async (action: (store: Store, harness: StoreHarness) => Promise<void>) => {
    await using harness = await makeHarness();
    await using store = await harness.open();
    await action(store, harness);
  };

  test(`${name} store: keeps every field of a backup, replaces it, and lists the newest first`, () =>
    withStore(async (store, harness) => {
      const old = backupOf({ id: "b1", filename: "1.tar", encryption: "recipients", pinned: true });
      const fresh = backupOf({
        id: "b2",
        filename: "2.tar",
        createdAt: "2026-02-01T00:00:00.000Z",
      });
      for (const backup of [old, fresh]) await store.saveBackup(backup);
      expect(await store.listBackups()).toEqual([fresh, old]);
      const checked = { ...old, verifiedAt: "2026-03-01T00:00:00.000Z", note: "周一" };
      await store.saveBackup(checked);
      expect(await store.findBackup("b1")).toEqual(checked);
      await store.deleteBackup("b2");
      await store.deleteBackup("b2");
      await using again = await harness.open();
      expect(await again.listBackups()).toEqual([checked]);
      expect(await again.findBackup("b2")).toBeNull();
    }));

  test(`${name} store: two backups never share a file`, () =>
    withStore(async (store) => {
      await store.saveBackup(backupOf({ id: "b1" }));
      await expect(store.saveBackup(backupOf({ id: "b2" }))).rejects.toThrow();
      expect(await store.listBackups()).toHaveLength(1);
    }));

  test(`${name} store: a replacement is under way until it is ended, one per instance`, () =>
    withStore(async (store, harness) => {
      const entry = replacementOf({
        data: { staged: "anna-j1", kept: "anna-j2", reverted: "s1" },
        spec: { image: "openclaw:2" },
        specBefore: specOf(),
        containerBefore: { id: "c1", imageId: "sha256:1" },
      });
      const made = replacementOf({ instanceId: "ben" });
      const changed = replacementOf({ instanceId: "cora", data: null, spec: { timezone: "UTC" } });
      for (const each of [entry, made, changed]) await store.insertReplacement(each);
      await expect(store.insertReplacement(entry)).rejects.toMatchObject({ reason: "BUSY" });
      await using again = await harness.open();
      expect(await again.listReplacements()).toEqual([entry, made, changed]);
      expect(await again.findReplacement("anna")).toEqual(entry);
      await store.finishReplacement("anna", null);
      expect(await store.findReplacement("anna")).toBeNull();
      expect(await store.listSnapshots()).toEqual([]);
    }));

  test(`${name} store: what a restore replaced is recorded as it ends, and only once`, () =>
    withStore(async (store) => {
      await store.insertReplacement(replacementOf());
      const copy = snapshotOf();
      await store.finishReplacement("anna", copy);
      await store.finishReplacement("anna", snapshotOf({ id: "s2", kept: "other" }));
      expect(await store.listSnapshots()).toEqual([copy]);
      expect(await store.findSnapshot(copy.id)).toEqual(copy);
      await store.deleteSnapshot(copy.id);
      await store.deleteSnapshot(copy.id);
      expect(await store.findSnapshot(copy.id)).toBeNull();
    }));

  test(`${name} store: a snapshot that was reverted is none any more`, () =>
    withStore(async (store) => {
      await store.insertReplacement(replacementOf());
      await store.finishReplacement("anna", snapshotOf());
      await store.finishReplacement("anna", null, "s1");
      expect(await store.listSnapshots()).toEqual([snapshotOf()]);
      await store.insertReplacement(replacementOf());
      const replaced = snapshotOf({ id: "s2", kept: "anna-j2" });
      await store.finishReplacement("anna", replaced, "s1");
      expect(await store.listSnapshots()).toEqual([replaced]);
    }));

  test(`${name} store: a snapshot waits for a decision until there is one`, () =>
    withStore(async (store) => {
      await store.insertReplacement(replacementOf());
      const asked = snapshotOf({ undecided: true });
      await store.finishReplacement("anna", asked);
      expect(await store.findSnapshot("s1")).toEqual(asked);
      const expiresAt = "2026-02-01T00:00:00.000Z";
      await store.decideSnapshot("s1", expiresAt);
      await store.decideSnapshot("none", expiresAt);
      expect(await store.findSnapshot("s1")).toEqual(snapshotOf({ expiresAt }));
    }));

  test(`${name} store: a setting is what was saved last`, () =>
    withStore(async (store) => {
      expect(await store.readSetting("policy")).toBeUndefined();
      await store.saveSetting("policy", { cron: "0 3 * * *", ids: ["a"] });
      await store.saveSetting("policy", { cron: "0 4 * * *", ids: null });
      expect(await store.readSetting("policy")).toEqual({ cron: "0 4 * * *", ids: null });
    }));
}
