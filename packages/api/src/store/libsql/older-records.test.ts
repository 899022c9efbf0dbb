import path from "node:path";
import { pathToFileURL } from "node:url";
import { createClient } from "@libsql/client";
import { expect, test } from "vitest";
import { homeOfTest } from "../../../tests/support/test-app.ts";
import { openLibsqlStore } from "./libsql-store.ts";

/** A database with records as an older panel wrote them. */
async function withRecords(...records: string[]) {
  const file = path.join(await homeOfTest(), "claw.db");
  await (await openLibsqlStore(file))[Symbol.asyncDispose]();
  const client = createClient({ url: pathToFileURL(file).href });
  for (const record of records) await client.execute(record);
  client.close();
  return openLibsqlStore(file);
}

test("audit events with a reason of another name, or of none that is known, are listed", async () => {
  const results = ["ok", "partial", "TOO_MANY_TRIES", "SAFETY_COPY_NOT_FOUND", "GONE", "BUSY"];
  await using store = await withRecords(
    ...results.map(
      (result) =>
        `INSERT INTO audit (at, address, action, instance_ids, result) VALUES ('2026-01-01', '', 'a.b', '[]', '${result}')`,
    ),
  );
  const read = await store.listAudit({ limit: 10, before: null });
  expect(read.map(({ result }) => result).reverse()).toEqual([
    "ok",
    "partial",
    "TOO_MANY_ATTEMPTS",
    "SNAPSHOT_NOT_FOUND",
    "INTERNAL",
    "BUSY",
  ]);
});
