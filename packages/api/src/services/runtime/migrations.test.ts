import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createMigrations } from "./migrations.ts";

test("one migration of an instance at a time, until it is over", async () => {
  const migrations = createMigrations();
  {
    using _first = migrations.begin("anna");
    await rejects((async () => migrations.begin("anna"))(), "BUSY");
    using _other = migrations.begin("ben");
    expect([migrations.has("anna"), migrations.has("ben"), migrations.has("carl")]).toEqual([
      true,
      true,
      false,
    ]);
  }
  expect(migrations.has("anna")).toBe(false);
  migrations.begin("anna")[Symbol.dispose]();
});
