import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Condition } from "../api/client.ts";
import { renderOverBackups } from "../testing/backup-scene.ts";
import { anInstance, faultOf, ofPanel } from "../testing/fixtures.ts";
import "../backups/create-backup-dialog.tsx";

const since = "2026-11-22T08:00:00.000Z";
const anna = anInstance({ id: "anna", name: "Anna", status: "error", statusReason: "…" });
const subject = { kind: "instance", id: anna.id, uid: anna.uid, name: anna.name } as const;
const scene = (...conditions: readonly Condition[]) =>
  renderOverBackups({ path: "/", instances: [anna], conditions });
const attention = async () => within(await screen.findByRole("list", { name: "Needs attention" }));

test("without a young backup the dashboard says so, with the button that makes one", async () => {
  const { fake } = scene(ofPanel("BACKUP_NONE", {}));
  expect((await attention()).getByText("There is no backup yet")).toBeTruthy();
  const show = (...conditions: readonly Condition[]) =>
    fake.push("conditions.watch", { type: "snapshot", conditions });
  show(ofPanel("BACKUP_OLD", { newestAt: since }));
  expect(await screen.findByText("The last backup is more than 7 days old")).toBeTruthy();
  fireEvent.click((await attention()).getByRole("button", { name: "Back up now" }));
  expect(await screen.findByRole("dialog", { name: "Create backup" })).toBeTruthy();
  show();
  await expect.poll(() => screen.queryByText(/more than 7 days old/)).toBeNull();
});

test("a schedule that failed is told, with the way to its job", async () => {
  scene(ofPanel("SCHEDULE_FAILED", { jobId: "1", message: null }));
  const list = await attention();
  expect(list.getByText("The last scheduled backup failed")).toBeTruthy();
  expect(list.getByRole("link", { name: "All jobs" }).getAttribute("href")).toBe("/jobs");
});

test("a schedule whose last backup is not complete is told, too", async () => {
  scene(ofPanel("SCHEDULE_PARTIAL", { jobId: "1", message: "9 of 10." }));
  expect((await attention()).getByText("The last scheduled backup is incomplete")).toBeTruthy();
});

test.each([
  ofPanel("CERTIFICATE_NAMES", { names: ["claw-anna-1.internal"] }),
  ofPanel("DOMAIN_MISSING", {}),
])("what names of instances lack leads to the page about the network: $code", async (lacking) => {
  scene(lacking);
  const link = (await attention()).getByRole("link", { name: "Network" });
  expect(link.getAttribute("href")).toBe("/network");
});

test("the dashboard works nothing out itself: it does not ask for backups and their schedule", async () => {
  const { fake } = scene();
  expect(await screen.findByText("All is well")).toBeTruthy();
  expect(fake.subscribed("backups.watch")).toEqual([]);
  expect(fake.calls.map(({ path }) => path)).not.toContain("backups.policy");
});

test("a compose file that is out of date, a full disk and a restore to decide about are told", async () => {
  scene(
    ofPanel("DISK_FULL", { owed: 2 }),
    {
      ...{ key: "RESTORE_UNDECIDED/u/s1", severity: "warning", subject, since },
      ...{ code: "RESTORE_UNDECIDED", detail: { snapshotId: "s1" } },
    },
    ofPanel("COMPOSE_FILE_STALE", { message: "no" }),
  );
  const list = await attention();
  expect(list.getByText("The panel's disk is full")).toBeTruthy();
  expect(list.getByText("The compose file is out of date")).toBeTruthy();
  expect(list.getByText("Anna did not come up after a restore")).toBeTruthy();
  expect(list.getByRole("link", { name: "Decide" }).getAttribute("href")).toBe("/backups");
});

test("an instance that is owed a start stays in the list while the panel tries", async () => {
  const { fake } = scene({
    ...faultOf(anna),
    ...{ code: "START_OWED", detail: { message: null, retryAt: null } },
  });
  const list = await attention();
  fake.push("instances.watch", { type: "changed", instance: { ...anna, status: "starting" } });
  expect(
    await screen.findByText("It failed to start; the panel retries automatically."),
  ).toBeTruthy();
  expect(list.getByRole("link", { name: "Anna" })).toBeTruthy();
});

test("the way to more faults shows all instances when one of them may be starting", async () => {
  const numbered = (number: number) =>
    faultOf(anInstance({ ...anna, id: `a${number}`, uid: `u${number}`, name: `Anna ${number}` }));
  scene(...[1, 2, 3, 4, 5, 6].map(numbered), {
    ...numbered(7),
    ...{ code: "START_OWED", detail: { message: null, retryAt: null } },
  });
  const more = await screen.findByRole("link", { name: "2 more instances have failed" });
  expect(more.getAttribute("href")).toBe("/instances");
});

test("changes that wait for a restart are counted, and all is well with them", async () => {
  scene({
    ...{ key: "CHANGE_PENDING/u", severity: "notice", subject, since },
    ...{ code: "CHANGE_PENDING", detail: { change: "definition", image: anna.image } },
  });
  expect(await screen.findByText("All is well")).toBeTruthy();
  expect(screen.getByText(/1 instance runs with an older container definition/)).toBeTruthy();
});
