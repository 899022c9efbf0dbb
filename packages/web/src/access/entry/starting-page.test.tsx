import { screen, waitFor } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Instance } from "../../api/client.ts";
import { anInstance } from "../../testing/fixtures.ts";
import { renderApp } from "../../testing/render-app.tsx";

const SINCE = "2026-11-22T09:00:00.000Z";
const AFTER = "2026-11-22T09:00:05.000Z";

function show(patch: Partial<Instance>, answers = {}) {
  return renderApp({
    path: `/starting/anna#since=${encodeURIComponent(SINCE)}`,
    instances: [anInstance({ id: "anna", name: "Anna", updatedAt: AFTER, ...patch })],
    answers: { "instances.open": () => new Promise(() => undefined), ...answers },
  });
}

test("says what happens, how far it is, and where to look", async () => {
  show({ status: "starting", startedAt: null });
  expect(await screen.findByRole("heading", { name: "Anna is starting" })).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "Progress of the start" })).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("Starting the container");
  expect(screen.getByRole("link", { name: "See its log" }).getAttribute("href")).toBe(
    "/instances/anna/logs",
  );
  expect(screen.getByRole("link", { name: "Back to the panel" }).getAttribute("href")).toBe("/");
});

test("moves on with the instance: its container, its turn, its gateway", async () => {
  const { fake } = show({ status: "starting", startedAt: null });
  await screen.findByText("Starting the container");
  const changed = (patch: Partial<Instance>) =>
    fake.push("instances.watch", {
      type: "changed",
      instance: anInstance({ id: "anna", name: "Anna", updatedAt: AFTER, ...patch }),
    });
  changed({ status: "starting", startedAt: AFTER });
  await screen.findByText("The container runs; waiting for the gateway’s answer");
  changed({
    status: "starting",
    statusDetail: { code: "QUEUED", exitCode: null, lines: [] },
  });
  await screen.findByText(/turn/);
  changed({ status: "running", startedAt: AFTER });
  await screen.findByRole("heading", { name: "Opening Anna" });
  await waitFor(() => expect(fake.calls.some(({ path }) => path === "instances.open")).toBe(true));
});

test("a start that failed says why, and is tried again here", async () => {
  const { fake } = show(
    {
      status: "error",
      statusReason: "It ended with exit code 78.",
      statusDetail: {
        ...{ code: "CRASH_LOOP", exitCode: 78 },
        lines: ["Gateway failed to start: Invalid config"],
      },
    },
    {
      "instances.start": () =>
        anInstance({ id: "anna", status: "starting", updatedAt: "2026-11-22T09:01:00.000Z" }),
    },
  );
  expect(await screen.findByRole("heading", { name: "Anna did not start" })).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("Invalid config");
  screen.getByRole("button", { name: "Try again" }).click();
  await screen.findByRole("heading", { name: "Anna is starting" });
  expect(fake.calls.filter(({ path }) => path === "instances.start")).toHaveLength(1);
});

test("one that nobody may open, or that is gone, leads back", async () => {
  renderApp({ path: "/starting/nobody" });
  expect(await screen.findByRole("heading", { name: "There is no such instance" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Back to the panel" })).toBeTruthy();
});
