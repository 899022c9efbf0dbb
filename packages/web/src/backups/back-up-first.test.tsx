import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Backup } from "../api/client.ts";
import { renderOverBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup, aJob, anInstance } from "../testing/fixtures.ts";
import "../instance/instance-page.tsx";
import "../actions/delete-dialog.tsx";

async function open(backups: readonly Backup[], answer: () => unknown) {
  const view = renderOverBackups({
    path: "/instances/zhangsan/danger",
    instances: [anInstance()],
    answers: { "backups.create": answer },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Delete instance and data…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete 张三" }));
  await view.show(backups);
  const confirm = () =>
    dialog.getByRole<HTMLButtonElement>("button", { name: "Delete instance and data" });
  fireEvent.input(dialog.getByRole("textbox"), { target: { value: "zhangsan" } });
  return { ...view, dialog, confirm };
}

test("before data is deleted it can be backed up, and nothing is deleted meanwhile", async () => {
  const job = aJob({ id: "first", kind: "backup" });
  const { fake, dialog, confirm } = await open([], () => job);
  expect(dialog.getByText("No backup contains this data.")).toBeTruthy();
  expect(confirm().disabled).toBe(false);
  fireEvent.click(dialog.getByRole("button", { name: "Back up first" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "backups.create")?.input)
    .toEqual({ instanceIds: ["zhangsan"] });
  expect(await dialog.findByRole("progressbar", { name: "Back up" })).toBeTruthy();
  expect(confirm().disabled).toBe(true);
  fake.push("jobs.watch", { type: "changed", job: { ...job, status: "succeeded" } });
  expect(await dialog.findByText("Backed up just now.")).toBeTruthy();
  expect(confirm().disabled).toBe(false);
});

test("says when it was backed up last; what went wrong is told, and can be tried again", async () => {
  let busy = true;
  const job = aJob({ id: "first", kind: "backup" });
  const { fake, dialog } = await open([aBackup({ createdAt: new Date().toISOString() })], () => {
    if (busy) throw panelError("BUSY", "Another backup is being made.");
    return job;
  });
  expect(await dialog.findByText(/^Last backed up:/)).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Back up first" }));
  expect(await dialog.findByText("Another backup is being made.")).toBeTruthy();
  busy = false;
  fireEvent.click(dialog.getByRole("button", { name: "Try again" }));
  await dialog.findByRole("progressbar", { name: "Back up" });
  const error = { reason: "DISK_FULL", message: "" };
  fake.push("jobs.watch", { type: "changed", job: { ...job, status: "failed", error } });
  expect(await dialog.findByRole("button", { name: "Back up first" })).toBeTruthy();
});
