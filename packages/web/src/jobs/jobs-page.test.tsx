import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
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
