import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup, aJob, anInstance } from "../testing/fixtures.ts";
import "./backups-page.tsx";
import "./revert-dialog.tsx";
import "./dismiss-dialog.tsx";
import "./instance-backups.tsx";

const copy = (id: string, instanceId: string, name: string) => ({
  id,
  instanceId,
  name,
  backupId: "backup-1",
  bytes: 7_000_000,
  createdAt: "2026-11-22T03:00:00.000Z",
  expiresAt: "2026-11-29T03:00:00.000Z",
  undecided: false,
});
const both = [copy("s1", "zhangsan", "张三"), copy("s2", "lisi", "李四")];
const list = () => screen.findByRole("list", { name: "Pre-restore snapshots" });

test("each can be reverted to, which asks and then shows the job", async () => {
  const job = aJob({ id: "back", kind: "restore" });
  const { fake } = await renderWithBackups([aBackup()], {
    answers: { "backups.snapshots": () => both, "backups.revert": () => job },
  });
  const card = within(await list());
  expect(card.getAllByText(/kept until 29 Nov 2026/)).toHaveLength(2);
  fireEvent.click(card.getByRole("button", { name: "Revert: 张三" }));
  const dialog = within(
    await screen.findByRole("dialog", { name: "Revert 张三 to its pre-restore snapshot" }),
  );
  expect(dialog.getByText(/current data is kept for 7 days as well/)).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Revert" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "backups.revert")?.input)
    .toEqual({ id: "s1" });
  expect(await dialog.findByRole("progressbar")).toBeTruthy();
  fake.answers["backups.snapshots"] = () => [both[1]];
  fake.push("jobs.watch", {
    type: "changed",
    job: { ...job, status: "succeeded", finishedAt: "2026-11-22T09:00:00.000Z" },
  });
  fireEvent.click(await dialog.findByRole("button", { name: "Done" }));
  await expect
    .poll(() => screen.queryByText("张三", { selector: "li *" })?.isConnected)
    .not.toBe(true);
});

test("a restored instance that still starts is asked about, first: keep the restored data, or revert", async () => {
  const slow = { ...copy("s2", "lisi", "李四"), undecided: true };
  const { fake } = await renderWithBackups([aBackup()], {
    answers: {
      "backups.snapshots": () => [both[0], slow],
      "backups.keepRestored": () => ({ id: "s2" }),
    },
  });
  const [first] = within(await list()).getAllByRole("listitem");
  if (!first) throw new Error("there is a list");
  const row = within(first);
  expect(row.getByText(/kept until you decide/)).toBeTruthy();
  expect(screen.getByText(/You can revert to it while it is kept\./)).toBeTruthy();
  expect(row.getByText(/[Kk]eep the restored data, or revert\./)).toBeTruthy();
  expect(row.getByRole("button", { name: "Revert: 李四" })).toBeTruthy();
  expect(row.queryByRole("button", { name: /^Delete/ })).toBeNull();
  fake.answers["backups.snapshots"] = () => both;
  fireEvent.click(row.getByRole("button", { name: "Keep the restored data of 李四" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "backups.keepRestored")?.input)
    .toEqual({ id: "s2" });
  await expect.poll(() => screen.queryByText(/kept until you decide/)).toBeNull();
});

test("a refusal to keep the restored data is told, and can be tried again", async () => {
  const slow = { ...copy("s2", "lisi", "李四"), undecided: true };
  let gone = true;
  const { fake } = await renderWithBackups([aBackup()], {
    answers: {
      "backups.snapshots": () => [slow],
      "backups.keepRestored": () => {
        if (gone) throw panelError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.");
        return { id: "s2" };
      },
    },
  });
  const row = within(await list());
  fireEvent.click(row.getByRole("button", { name: "Keep the restored data of 李四" }));
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByText(/This pre-restore snapshot no longer exists\./)).toBeTruthy();
  gone = false;
  fake.answers["backups.snapshots"] = () => both;
  fireEvent.click(again);
  await expect.poll(() => screen.queryByText(/kept until you decide/)).toBeNull();
});

test("an open page asks no longer once the panel knows the answer", async () => {
  const slow = { ...copy("s2", "lisi", "李四"), undecided: true };
  const { uid } = anInstance();
  const { fake } = await renderWithBackups([aBackup()], {
    answers: { "backups.snapshots": () => [slow] },
    conditions: [
      {
        ...{ key: `RESTORE_UNDECIDED/${uid}/s2`, severity: "warning", since: slow.createdAt },
        ...{ code: "RESTORE_UNDECIDED", detail: { snapshotId: "s2" } },
        subject: { kind: "instance", id: "lisi", uid, name: "李四" },
      },
    ],
  });
  expect(await screen.findByText(/kept until you decide/)).toBeTruthy();
  fake.answers["backups.snapshots"] = () => [{ ...slow, undecided: false }];
  fake.push("conditions.watch", { type: "snapshot", conditions: [] });
  await expect.poll(() => screen.queryByText(/kept until you decide/)).toBeNull();
});

test("each can be dismissed, which asks; a refusal is told", async () => {
  let busy = true;
  const { fake } = await renderWithBackups([], {
    answers: {
      "backups.snapshots": () => both,
      "backups.dismissSnapshot": () => {
        if (busy) throw panelError("BUSY", "It is being reverted.");
        return { id: "s2" };
      },
    },
  });
  fireEvent.click(
    within(await list()).getByRole("button", { name: "Delete the pre-restore snapshot of 李四" }),
  );
  const dialog = within(
    await screen.findByRole("dialog", { name: "Delete the pre-restore snapshot of 李四" }),
  );
  expect(dialog.getByText(/Frees 7 MB/)).toBeTruthy();
  const confirm = dialog.getByRole("button", { name: "Delete snapshot" });
  fireEvent.click(confirm);
  expect(await dialog.findByText("It is being reverted.")).toBeTruthy();
  busy = false;
  fake.answers["backups.snapshots"] = () => [both[0]];
  fireEvent.click(confirm);
  await expect.poll(async () => within(await list()).getAllByRole("listitem").length).toBe(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("an instance's page shows its own, and the backups that hold it", async () => {
  const other = { id: "lisi", name: "李四", bytes: 1, files: 1 };
  const { fake } = await renderWithBackups(
    [aBackup({ note: "with" }), aBackup({ id: "2", instances: [other], note: "without" })],
    {
      path: "/instances/zhangsan/backups",
      instances: [anInstance()],
      answers: { "backups.snapshots": () => both, "backups.create": () => aJob() },
    },
  );
  expect(within(await list()).getAllByRole("listitem")).toHaveLength(1);
  expect(await screen.findByText("with")).toBeTruthy();
  expect(screen.queryByText("without")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Back up now" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Create backup" }));
  fireEvent.click(dialog.getByRole("button", { name: "Start backup" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "backups.create")?.input)
    .toEqual({ mode: "rolling", instanceIds: ["zhangsan"] });
});

test("an instance without a backup says so, and offers one", async () => {
  await renderWithBackups([], {
    path: "/instances/zhangsan/backups",
    instances: [anInstance()],
  });
  expect(await screen.findByText("No backup of 张三 yet")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Back up now" })).toBeTruthy();
});

test("only the newest are shown first", async () => {
  const many = [1, 2, 3, 4, 5].map((number) => copy(`s${number}`, "anna", `Anna ${number}`));
  await renderWithBackups([], { answers: { "backups.snapshots": () => many } });
  expect(within(await list()).getAllByRole("listitem")).toHaveLength(3);
  fireEvent.click(screen.getByRole("button", { name: "Show 2 more" }));
  expect(within(await list()).getAllByRole("listitem")).toHaveLength(5);
});
