import type { JobOf } from "@claw/core/job";
import { watchedJob } from "@claw/core/watched-job";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Job } from "../api/client.ts";
import { showLanguage } from "../i18n/i18n.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const instances = ["a", "b", "c"].map((id, n) =>
  anInstance({ id, name: id.toUpperCase(), uid: `uid of ${id}`, port: 20_000 + n }),
);
const ids = instances.map(({ id }) => id);
const before = instances.map(({ id, uid, name, port, group, tags }) => ({
  ...{ id, uid, name, port, group, tags, desired: "stopped" as const },
}));

/** A batch that started `a`, failed for `b` and did not begin `c`. */
function aBatch(result: object = {}, patch: Partial<JobOf<"batch">> = {}): Job {
  const refused = { id: "b", reason: "PORT_TAKEN", message: "Port 20001 is used." } as const;
  return aJob({
    kind: "batch",
    instanceIds: ids,
    status: "partial",
    finishedAt: new Date().toISOString(),
    result: {
      ...{ action: "start", deleteData: false, underWay: [], paused: false, failed: [refused] },
      results: [
        { id: "a", ok: true },
        { ...refused, ok: false },
      ],
      ...{ before: before.slice(0, 2), request: { action: "start", ids } },
      ...result,
    },
    ...patch,
  });
}
/** A finished batch as the panel tells of it, and its record. */
const ended = (job: Job) => ({ jobs: [watchedJob(job)], answers: { "jobs.get": () => job } });
const button = (name: string) => screen.findByRole<HTMLButtonElement>("button", { name });

test("a running batch tells its wave, and is paused and resumed", async () => {
  const wave = { number: 2, of: 3 };
  const running = { status: "running", finishedAt: null, step: "batch.start" } as const;
  const { fake } = renderApp({
    ...{ path: "/jobs", instances, jobs: [aBatch({ wave }, running)] },
    answers: { "batches.pause": () => null, "batches.resume": () => null },
  });
  expect(await screen.findByText("Starting · wave 2 of 3")).toBeTruthy();
  fireEvent.click(await button("Pause"));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("batches.pause");
  fake.push("jobs.watch", { type: "changed", job: aBatch({ wave, paused: true }, running) });
  expect(await screen.findByText("Paused: begins no further instance · wave 2 of 3")).toBeTruthy();
  fireEvent.click(await button("Resume"));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({
      ...{ path: "batches.resume", input: { id: "job-1" } },
    });
});

test("what a batch has not done is retried, and what it did is undone after one question", async () => {
  const { jobs, answers } = ended(aBatch());
  const { fake } = renderApp({
    ...{ path: "/jobs", instances, jobs },
    answers: { ...answers, "batches.retry": () => null, "batches.undo": () => null },
  });
  fireEvent.click(await button("Retry 2 not done"));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({
      ...{ path: "batches.retry", input: { id: "job-1" } },
    });
  fireEvent.click(await button("Undo…"));
  const dialog = await screen.findByRole("dialog", { name: "Undo: Start 3 instances" });
  expect(within(dialog).getAllByRole("listitem")).toHaveLength(2);
  fireEvent.click(within(dialog).getByRole("button", { name: "Stop 2 instances" }));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({
      ...{ path: "batches.undo", input: { id: "job-1", deleteData: false } },
    });
});

test.each([
  ["en", "so it was left as it is. Its history has the text from before."],
  ["zh", "所以没有撤销。修改前的内容在它的历史里。"],
] as const)("an undo that left a configuration alone says why, and where the text is: %s", async (language, words) => {
  await showLanguage(language);
  try {
    const failed = [{ id: "b", reason: "CHANGED_SINCE", message: "…" }];
    const undo = aBatch({ action: "restoreConfig", undoes: "job-0", failed });
    renderApp({ path: "/jobs", instances, ...ended(undo) });
    expect(await screen.findByText((text) => text.endsWith(words))).toBeTruthy();
  } finally {
    await showLanguage("en");
  }
});

test("undoing a creation deletes data only when their number is typed", async () => {
  const results = instances.map(({ id, uid }) => ({ id, uid, ok: true }));
  const asked = instances.map(({ id, name }) => ({ id, name, start: false }));
  const request = { action: "create", instances: asked };
  const created = { action: "create", results, before: [], failed: [], request };
  const { jobs, answers } = ended(aBatch(created, { status: "succeeded" }));
  const { fake } = renderApp({
    ...{ path: "/jobs", instances, jobs },
    answers: { ...answers, "batches.undo": () => null },
  });
  fireEvent.click(await button("Undo…"));
  const dialog = await screen.findByRole("dialog", { name: "Undo: Create 3 instances" });
  fireEvent.click(within(dialog).getByRole("radio", { name: "Delete the data too" }));
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", {
    name: "Delete 3 instances and data",
  });
  expect(confirm.disabled).toBe(true);
  fireEvent.input(within(dialog).getByRole("textbox"), { target: { value: "3" } });
  fireEvent.click(confirm);
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({
      ...{ path: "batches.undo", input: { id: "job-1", deleteData: true } },
    });
});

test("repeating a stop of several asks first; an old batch offers nothing", async () => {
  const stop = { action: "stop", request: { action: "stop", ids } };
  const { jobs, answers } = ended(aBatch(stop));
  const { fake } = renderApp({
    ...{ path: "/jobs", instances, jobs },
    answers: { ...answers, "batches.retry": () => null },
  });
  fireEvent.click(await button("Retry 2 not done"));
  const dialog = await screen.findByRole("dialog", { name: "Retry: Stop 3 instances" });
  expect(fake.calls.some(({ path }) => path === "batches.retry")).toBe(false);
  fireEvent.click(within(dialog).getByRole("button", { name: "Stop 2 instances" }));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("batches.retry");
  const finishedAt = "2026-01-01T00:00:00.000Z";
  fake.push("jobs.watch", { type: "changed", job: aBatch(stop, { finishedAt }) });
  await expect.poll(() => screen.queryByRole("button", { name: /Retry|Undo/ })).toBeNull();
});

test("a member may pause a deletion of theirs, but neither resume nor retry it", async () => {
  const running = { status: "running", finishedAt: null, step: "batch.remove" } as const;
  const removal = { action: "remove", request: { action: "remove", ids } };
  const { fake } = renderApp({
    ...{ path: "/jobs", instances, jobs: [aBatch(removal, running)] },
    me: { username: "zhang", displayName: "张三丰", role: "member" },
  });
  expect(await button("Pause")).toBeTruthy();
  const told = (job: Job) => fake.push("jobs.watch", { type: "changed", job });
  told(aBatch({ ...removal, paused: true }, running));
  expect(await screen.findByText(/Paused: begins no further instance/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
  fake.answers["jobs.get"] = () => aBatch(removal);
  told(watchedJob(aBatch(removal)));
  expect(await screen.findByText("Partly done")).toBeTruthy();
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("jobs.get");
  await new Promise((resolve) => setTimeout(resolve));
  expect(screen.queryByRole("button", { name: /Retry/ })).toBeNull();
});
