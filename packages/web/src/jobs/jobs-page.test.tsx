import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

test("lists jobs, the newest first, with progress, outcome and reason", async () => {
  renderApp({
    path: "/jobs",
    instances: [anInstance()],
    jobs: [
      aJob({ id: "1", createdAt: "2026-11-22T07:00:00.000Z" }),
      aJob({
        id: "2",
        kind: "init",
        instanceId: "zhangsan",
        status: "failed",
        createdAt: "2026-11-22T09:00:00.000Z",
        finishedAt: "2026-11-22T09:00:30.000Z",
        error: { reason: "COMMAND_FAILED", message: "OpenClaw refused the provider." },
      }),
    ],
  });
  expect(await screen.findByRole("progressbar", { name: "Get the image" })).toBeTruthy();
  expect(screen.getByText("A command in the container failed.")).toBeTruthy();
  expect(screen.getByText("OpenClaw refused the provider.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "张三" }).getAttribute("href")).toBe(
    "/instances/zhangsan",
  );
  const titles = screen.getAllByText(/^(Get the image|Initialise)$/).map((one) => one.textContent);
  expect(titles).toEqual(["Initialise", "Get the image"]);
});

test("one that is partly done says so, never in green, and names each that failed with why", async () => {
  const failed = [
    { id: "zhangsan", reason: "FILES_DENIED", message: "Copying zhangsan failed: not a folder." },
  ] as const;
  renderApp({
    path: "/jobs",
    instances: [anInstance()],
    jobs: [
      aJob({ kind: "backup", status: "partial", result: { backupId: "1", failed: [...failed] } }),
    ],
  });
  const mark = await screen.findByText("Partly done");
  expect(mark.className).not.toContain("text-running");
  const list = screen.getByRole("list", { name: "Failed" });
  expect(list.textContent).toContain("张三");
  expect(list.textContent).toContain("Copying zhangsan failed: not a folder.");
});

test("a running job can be cancelled", async () => {
  const { fake } = renderApp({
    path: "/jobs",
    jobs: [aJob()],
    answers: { "jobs.cancel": () => aJob({ status: "cancelled" }) },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({ path: "jobs.cancel", input: { id: "job-1" } });
});

test("says when there is none", async () => {
  renderApp({ path: "/jobs" });
  expect(await screen.findByText("No jobs yet")).toBeTruthy();
});

test("shows the log of a job, and its end when it is over", async () => {
  let log = [{ ts: "2026-11-22T08:00:01.000Z", text: "image.pull" }];
  const { fake } = renderApp({
    path: "/jobs",
    jobs: [aJob()],
    answers: { "jobs.log": () => log },
  });
  const button = await screen.findByRole("button", { name: "Log" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(button);
  expect(fake.calls.at(-1)).toEqual({ path: "jobs.log", input: { id: "job-1" } });
  const lines = await screen.findByRole("log", { name: "Log of Get the image" });
  expect(lines.textContent).toContain("Downloading from the registry");
  log = [...log, { ts: "2026-11-22T08:00:09.000Z", text: "layer 3 of 3" }];
  fake.push("jobs.watch", {
    type: "changed",
    job: aJob({ status: "succeeded", progress: 1, finishedAt: "2026-11-22T08:00:10.000Z" }),
  });
  await expect.poll(() => screen.getByRole("log").textContent).toContain("layer 3 of 3");
  fireEvent.click(screen.getByRole("button", { name: "Log" }));
  expect(screen.queryByRole("log")).toBeNull();
});

test("a log that cannot be read says why, and can be read again", async () => {
  const fail = () => {
    throw panelError("JOB_NOT_FOUND", "There is no job.");
  };
  const { fake } = renderApp({
    path: "/jobs",
    jobs: [aJob({ status: "succeeded" })],
    answers: { "jobs.log": fail },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Log" }));
  const again = await screen.findByRole("button", { name: "Try again" });
  fake.answers["jobs.log"] = () => [];
  fireEvent.click(again);
  expect(await screen.findByText("This job left no log.")).toBeTruthy();
});

test("says how long it will still take where that can be known", async () => {
  const startedAt = new Date(Date.now() - 60_000).toISOString();
  renderApp({ path: "/jobs", jobs: [aJob({ startedAt, progress: 0.2 })] });
  expect(await screen.findByText(/^about \d+ mins? left$/)).toBeTruthy();
});
