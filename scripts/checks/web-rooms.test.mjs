import assert from "node:assert/strict";
import test from "node:test";
import { messages, planted } from "./planted.mjs";
import { checkWebRooms } from "./web-rooms.mjs";

const ROOMS = ["ui", "jobs", "access", "app.tsx"];
const check = (sources) => messages(checkWebRooms(planted(sources), ROOMS));

test("a room of the page may import those below it", () => {
  const found = check({
    "web/src/ui/button.tsx": "export const Button = 1;",
    "web/src/jobs/job-list.tsx": `import { Button } from "../ui/button.tsx"; export const JobList = Button;`,
    "web/src/app.tsx": `const page = () => import("./jobs/job-list.tsx");`,
  });
  assert.deepEqual(found, []);
});

test("a room of the page may not import one above it, types and what is loaded later included", () => {
  const jobs = "export type Job = 1; export const job = 1;";
  for (const line of [
    `import type { Job } from "../jobs/job.ts";`,
    `const later = () => import("../jobs/job.ts");`,
  ]) {
    assert.deepEqual(check({ "web/src/jobs/job.ts": jobs, "web/src/ui/x.ts": line }), [
      "packages/web/src/jobs/job.ts: ui lies below jobs and may not import it",
    ]);
  }
});

test("a test may import any room", () => {
  const jobs = "export const job = 1;";
  const name = "web/src/ui/x.test.ts";
  const line = `import { job } from "../jobs/job.ts";`;
  assert.deepEqual(check({ "web/src/jobs/job.ts": jobs, [name]: line }), []);
});

test("two folders of one room may not import each other", () => {
  const found = check({
    "web/src/access/gate.tsx": `const page = () => import("./entry/page.tsx");`,
    "web/src/access/field.tsx": "export const Field = 1;",
    "web/src/access/entry/page.tsx": `import { Field } from "../field.tsx";`,
  });
  assert.deepEqual(found, [
    "packages/web/src/access and packages/web/src/access/entry import each other",
  ]);
});

test("a room without a place in the order is named", () => {
  assert.deepEqual(check({ "web/src/attic/x.ts": "export const x = 1;" }), [
    "attic has no place in the order of rooms (scripts/checks/web-rooms.mjs)",
  ]);
});
