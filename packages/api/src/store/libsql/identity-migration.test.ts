import path from "node:path";
import { expect, test } from "vitest";
import { makeOlderDatabase } from "../../../tests/support/older-database.ts";
import { homeOfTest } from "../../../tests/support/test-app.ts";
import { openLibsqlStore } from "./libsql-store.ts";

/** The last migration of panels that knew instances only by id. */
const BEFORE = 5;

const [EARLIER, CREATED, LATER] = [1, 2, 3].map((day) => `2026-01-0${day}T00:00:00.000Z`);
const part = (id: string) => ({ id, name: id, bytes: 1, files: 1 });
const text = (value: unknown) => `'${JSON.stringify(value)}'`;

const RECORDS = [
  `INSERT INTO users VALUES ('u1', 'bob', 'Bob', 'member', 0, NULL, NULL, 0, '[]', NULL, '${EARLIER}')`,
  ...["bot", "other"].map(
    (id, n) =>
      `INSERT INTO instances VALUES ('${id}', '${id}', ${20_000 + n}, '10.99.0.${8 * n}/29', 'i', '127.0.0.1', 'UTC', NULL, 'running', 'ready', '${CREATED}', '${CREATED}', ${n === 0 ? "'u1'" : "NULL"})`,
  ),
  ...[EARLIER, LATER].flatMap((at, n) => [
    `INSERT INTO backups VALUES ('b${n}', 'f${n}', 1, '0', ${text([part("bot"), part("gone")])}, '${at}', 'panel', NULL, NULL, 0, NULL, NULL, NULL)`,
    `INSERT INTO jobs (id, kind, instance_id, status, progress, step, created_at) VALUES ('j${n}', 'init', 'bot', 'succeeded', 1, 'x', '${at}')`,
    `INSERT INTO jobs (id, kind, detail, status, progress, step, created_at) VALUES ('k${n}', 'backup', ${text({ instances: [part("bot"), part("other")] })}, 'succeeded', 1, 'x', '${at}')`,
    `INSERT INTO safety_copies VALUES ('s${n}', 'bot', 'Bot', 'b${n}', 'kept${n}', 1, '${at}', '${LATER}')`,
    `INSERT INTO tokens VALUES ('t${n}', 'hash${n}', 'u1', 'ci', 'read', '["bot"]', '${at}', '${LATER}', NULL)`,
    `INSERT INTO audit (at, user, address, action, instance_ids, result) VALUES ('${at}', 'anna', '', 'instances.start', '["bot"]', 'ok')`,
  ]),
  "INSERT INTO jobs (id, kind, status, progress, step, created_at) VALUES ('image', 'image', 'succeeded', 1, 'x', '2025')",
];

test("instances of before get a uid, and what is older than they are is not theirs", async () => {
  const file = path.join(await homeOfTest(), "claw.db");
  await makeOlderDatabase(file, { last: BEFORE, records: RECORDS });
  await using store = await openLibsqlStore(file);

  const [bot, other] = await store.listInstances();
  for (const spec of [bot, other]) expect(spec?.uid).toMatch(/^[0-9a-f]{32}$/);
  expect(bot?.uid).not.toBe(other?.uid);
  expect([bot?.group, bot?.tags]).toEqual([null, []]);
  // They keep their token; the address waits for their migration.
  expect(bot).toMatchObject({ label: expect.stringMatching(/^bot-[0-9a-f]{10}$/), ingress: null });
  const theirs = { id: "bot", uid: bot?.uid, owner: "bob" };
  const unknown = { id: "bot", uid: null, owner: null };

  const listed = async (id: string) => (await store.findBackup(id))?.instances;
  const gone = { ...part("gone"), uid: null, owner: null };
  expect(await listed("b0")).toEqual([{ ...part("bot"), ...unknown }, gone]);
  expect(await listed("b1")).toEqual([{ ...part("bot"), ...theirs }, gone]);

  const about = async (id: string) => (await store.findJob(id))?.about;
  expect([await about("j0"), await about("j1"), await about("image")]).toEqual([
    ...[[unknown], [theirs], []],
  ]);
  const nobodys = { id: "other", uid: other?.uid, owner: null };
  expect(await about("k1")).toEqual([theirs, nobodys]);
  expect(await about("k0")).toEqual([unknown, { ...unknown, id: "other" }]);

  const copies = [await store.findSnapshot("s0"), await store.findSnapshot("s1")];
  expect(copies).toMatchObject([
    { uid: null, owner: null },
    { uid: bot?.uid, owner: "bob" },
  ]);
  const tokens = [await store.findToken("hash0"), await store.findToken("hash1")];
  expect(tokens.map((token) => token?.instanceUids)).toEqual([[], [bot?.uid]]);
  const entries = await store.listAudit({ before: null, limit: 10 });
  expect(entries.map((entry) => entry.about)).toEqual([[theirs], [unknown]]);
});
