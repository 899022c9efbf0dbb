import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { POLICY, renderOverBackups, renderWithBackups } from "../testing/backup-scene.ts";
import { aBackup, anInstance } from "../testing/fixtures.ts";
import "./create-backup-dialog.tsx";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const scene = (policy: object = POLICY) => ({
  path: "/",
  instances: [anInstance()],
  answers: { "backups.policy": () => policy },
});
const attention = async () => within(await screen.findByRole("list", { name: "Needs attention" }));

test("without a young backup the dashboard says so, with the button that makes one", async () => {
  const { show } = await renderWithBackups([], scene());
  expect((await attention()).getByText("There is no backup yet")).toBeTruthy();
  await show([
    aBackup({ createdAt: daysAgo(8) }),
    aBackup({ id: "2", createdAt: daysAgo(1), fault: "cut" }),
  ]);
  expect(await screen.findByText("The last backup is more than 7 days old")).toBeTruthy();
  fireEvent.click((await attention()).getByRole("button", { name: "Back up now" }));
  expect(await screen.findByRole("dialog", { name: "Create backup" })).toBeTruthy();
  await show([aBackup({ createdAt: daysAgo(6) })]);
  await expect.poll(() => screen.queryByText(/more than 7 days old/)).toBeNull();
});

test("a schedule that failed is told until it is mended", async () => {
  const policy = { ...POLICY, policy: { ...POLICY.policy, enabled: true } };
  const failed = { at: daysAgo(0), jobId: "1", status: "failed", message: null };
  await renderWithBackups(
    [aBackup({ createdAt: daysAgo(1) })],
    scene({ ...policy, lastRun: failed }),
  );
  const list = await attention();
  expect(list.getByText("The last scheduled backup failed")).toBeTruthy();
  expect(list.getByRole("link", { name: "All jobs" }).getAttribute("href")).toBe("/jobs");
});

test("a schedule whose last backup is not complete is told, too", async () => {
  const policy = { ...POLICY, policy: { ...POLICY.policy, enabled: true } };
  const lastRun = { at: daysAgo(0), jobId: "1", status: "partial", message: "9 of 10." };
  await renderWithBackups([aBackup({ createdAt: daysAgo(1) })], scene({ ...policy, lastRun }));
  expect((await attention()).getByText("The last scheduled backup is incomplete")).toBeTruthy();
});

test("nothing is said where there is nothing to back up", async () => {
  const { fake } = renderOverBackups({ ...scene(), instances: [] });
  expect(await screen.findByText("Docker is connected")).toBeTruthy();
  expect(fake.subscribed("backups.watch")).toEqual([]);
});
