import { describe, expect, test } from "vitest";
import type { StoreHarness } from "./store.contract.ts";
import type { Store } from "./store.ts";
import type { TemplateRecord } from "./template-records.ts";

const record = (patch: Partial<TemplateRecord> = {}): TemplateRecord => ({
  id: "t1",
  name: "销售 Sales",
  text: "{ // it's\r\n}",
  isDefault: false,
  updatedAt: "2026-01-01T00:00:00.000Z",
  updatedBy: "boss",
  ...patch,
});

/** The contract of `TemplateRecords`, as tests that every driver of `Store` must pass. */
export function describeTemplateStore(
  name: string,
  makeHarness: () => Promise<StoreHarness>,
): void {
  const withStore = async (action: (store: Store) => Promise<void>) => {
    await using harness = await makeHarness();
    await using store = await harness.open();
    await action(store);
  };
  const put = (store: Store, one: TemplateRecord, makeDefault = false) =>
    store.saveTemplate(one.id, { build: () => one, makeDefault });
  const defaults = async (store: Store) =>
    (await store.listTemplates()).filter(({ isDefault }) => isDefault).map(({ id }) => id);

  describe(`${name} store: templates`, () => {
    test("are kept as they are, sorted by id, and forgotten", () =>
      withStore(async (store) => {
        expect(await store.listTemplates()).toEqual([]);
        expect(await store.findTemplate("t1")).toBeNull();
        const other = record({ id: "t0", name: "b", updatedBy: null });
        await put(store, record());
        await put(store, other);
        expect(await store.listTemplates()).toEqual([other, record()]);
        expect(await store.findTemplate("t1")).toEqual(record());
        expect(await store.deleteTemplate("t1")).toBe(true);
        expect(await store.deleteTemplate("t1")).toBe(true);
        expect(await store.listTemplates()).toEqual([other]);
      }));

    test("are replaced by what is made of the present one, in turn", () =>
      withStore(async (store) => {
        const grow = (present: TemplateRecord | null) =>
          record({ text: `${present?.text ?? ""}x` });
        const saves = Array.from({ length: 5 }, () =>
          store.saveTemplate("t1", { build: grow, makeDefault: false }),
        );
        await Promise.all(saves);
        expect((await store.findTemplate("t1"))?.text).toBe("xxxxx");
      }));

    test("are left alone when nothing is made of them, or it fails", () =>
      withStore(async (store) => {
        await put(store, record(), true);
        await store.saveTemplate("t1", { build: () => null, makeDefault: false });
        const build = () => {
          throw new Error("no");
        };
        const other = store.saveTemplate("t2", { build, makeDefault: true });
        await expect(other).rejects.toThrow("no");
        expect(await store.listTemplates()).toEqual([record({ isDefault: true })]);
      }));

    test("have each name once, without regard to case", () =>
      withStore(async (store) => {
        await put(store, record());
        const same = put(store, record({ id: "t2", name: "销售 SALES" }));
        await expect(same).rejects.toMatchObject({ reason: "TEMPLATE_EXISTS" });
        await put(store, record({ name: "销售 SALES" }));
        expect(await store.listTemplates()).toEqual([record({ name: "销售 SALES" })]);
      }));

    test("of which one is the default, and stays", () =>
      withStore(async (store) => {
        await put(store, record(), true);
        expect(await defaults(store)).toEqual(["t1"]);
        await put(store, record({ id: "t2", name: "b" }), true);
        expect(await defaults(store)).toEqual(["t2"]);
        // A later change of its text changes nothing about that.
        await put(store, record({ id: "t2", name: "c" }));
        expect(await defaults(store)).toEqual(["t2"]);
        expect(await store.deleteTemplate("t2")).toBe(false);
        await store.saveTemplate("t1", { build: () => null, makeDefault: true });
        expect(await defaults(store)).toEqual(["t1"]);
        expect(await store.deleteTemplate("t2")).toBe(true);
        await store.saveTemplate("gone", { build: () => null, makeDefault: true });
        expect(await defaults(store)).toEqual([]);
      }));
  });
}
