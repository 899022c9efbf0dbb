import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Backup, RestorePlan } from "../api/client.ts";
import { renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup, aJob, anInstance } from "../testing/fixtures.ts";
import "./backups-page.tsx";
import "./revert-dialog.tsx";
import "./restore-dialog.tsx";

const of = (id: string, name: string) => ({ id, name, bytes: 5_000_000, files: 3 });
const backup = aBackup({ instances: [of("zhangsan", "张三"), of("lisi", "李四")] });

type Planned = RestorePlan["instances"][number];
const planned = (patch: Partial<Planned>): Planned => ({
  from: "zhangsan",
  id: "zhangsan",
  name: "张三",
  action: "replace",
  bytes: 5_000_000,
  takenAt: "2026-11-22T03:00:00.000Z",
  portBefore: 18789,
  port: 18789,
  running: true,
  warnings: [],
  ...patch,
});
const plan = (instances: Planned[], patch: Partial<RestorePlan> = {}) => ({
  instances,
  spaceNeeded: 5_000_000,
  spaceFree: 9_000_000,
  encryption: null,
  ...patch,
});

async function open(answers: Record<string, (input: never) => unknown>, one: Backup = backup) {
  const view = await renderWithBackups([one], { instances: [anInstance()], answers });
  fireEvent.click(await screen.findByRole("button", { name: /^Restore… Backup of/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Restore from a backup" }));
  const input = (path: string) =>
    view.fake.calls.filter((call) => call.path === path).at(-1)?.input;
  const button = (name: string) => dialog.getByRole<HTMLButtonElement>("button", { name });
  return { ...view, dialog, input, button };
}

test("one goes back and one becomes a copy: chosen, previewed, confirmed, watched to the end", async () => {
  const job = aJob({ id: "job-r", kind: "restore", step: "restore.stage" });
  const { fake, dialog, input, button } = await open({
    "backups.plan": () =>
      plan([
        planned({
          warnings: ["PORT_CHANGES", "NEWER_VERSION", "LEFT_OUT"],
          leftOut: { links: 2, others: 0 },
          port: 18795,
        }),
        planned({
          from: "lisi",
          id: "lisi-copy",
          name: "Li",
          action: "copy",
          port: null,
          running: false,
        }),
      ]),
    "backups.restore": () => job,
  });
  const li = dialog.getByRole("group", { name: "How 李四 is restored" });
  fireEvent.click(within(li).getByRole("button", { name: "As a copy" }));
  expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "ID of the copy" }).value).toBe(
    "lisi-copy",
  );
  fireEvent.input(dialog.getByRole("textbox", { name: "Name of the copy" }), {
    target: { value: "Li" },
  });
  fireEvent.click(button("Preview"));
  const request = {
    id: "backup-1",
    instanceIds: ["zhangsan"],
    copies: [{ from: "lisi", id: "lisi-copy", name: "Li" }],
  };
  await expect.poll(() => input("backups.plan")).toEqual(request);

  expect(await dialog.findByText("Replace")).toBeTruthy();
  expect(dialog.getByText(/It is running; it will be stopped/)).toBeTruthy();
  expect(dialog.getByText("without 2 links that lead out of its folder")).toBeTruthy();
  expect(dialog.getByText(/port 18789 → 18795/).textContent).toMatch(/^5 MB of data · /);
  expect(dialog.getByText(/port allocated automatically/)).toBeTruthy();
  expect(dialog.getByText(/gets another one, and its address changes/)).toBeTruthy();
  expect(dialog.getByText(/newer OpenClaw/)).toBeTruthy();
  expect(dialog.getByText("5 MB of space needed, 9 MB free.")).toBeTruthy();
  expect(button("Restore").disabled).toBe(true);
  fireEvent.input(dialog.getByRole("textbox", { name: "Type zhangsan to confirm" }), {
    target: { value: "zhangsan" },
  });
  fireEvent.click(button("Restore"));
  await expect.poll(() => input("backups.restore")).toEqual(request);

  expect(await dialog.findByRole("progressbar", { name: "Restore" })).toBeTruthy();
  expect(button("Continue in the background")).toBeTruthy();
  fake.push("jobs.watch", {
    type: "changed",
    job: {
      ...job,
      status: "succeeded",
      progress: 1,
      result: {
        restored: [
          { from: "zhangsan", id: "zhangsan", snapshotId: "safe-1" },
          { from: "lisi", id: "lisi-copy", snapshotId: null },
        ],
      },
    },
  });
  const results = within(await dialog.findByRole("list", { name: "Result" }));
  expect(results.getAllByRole("listitem")).toHaveLength(2);
  expect(results.getByRole("link", { name: "张三" }).getAttribute("href")).toBe(
    "/instances/zhangsan",
  );
  expect(results.getAllByText("the old data is kept for 7 days")).toHaveLength(1);
  fireEvent.click(results.getByRole("button", { name: "Revert" }));
  expect(
    await screen.findByRole("dialog", { name: "Revert 张三 to its pre-restore snapshot" }),
  ).toBeTruthy();
});

test("all of it needs no list, and what is only made again needs no word typed", async () => {
  const { dialog, input, button } = await open({
    "backups.plan": () => plan([planned({ action: "create", running: false })]),
    "backups.restore": () => aJob({ kind: "restore" }),
  });
  fireEvent.click(button("Preview"));
  await expect.poll(() => input("backups.plan")).toEqual({ id: "backup-1" });
  expect(await dialog.findByText("Recreate")).toBeTruthy();
  expect(dialog.queryByRole("textbox")).toBeNull();
  fireEvent.click(button("Restore"));
  await expect.poll(() => input("backups.restore")).toEqual({ id: "backup-1" });
});

test("many that are replaced need their number typed; too little space stops it", async () => {
  let spaceFree = 1;
  const { dialog, button } = await open({
    "backups.plan": () => plan([planned({}), planned({ id: "lisi", from: "lisi" })], { spaceFree }),
  });
  fireEvent.click(button("Preview"));
  expect(await dialog.findByText(/Not enough space: 5 MB needed, 1 byte free/)).toBeTruthy();
  const type = () =>
    fireEvent.input(dialog.getByRole("textbox", { name: /^Type the number/ }), {
      target: { value: "2" },
    });
  type();
  expect(button("Restore").disabled).toBe(true);
  fireEvent.click(button("Back"));
  spaceFree = 9e9;
  fireEvent.click(await dialog.findByRole("button", { name: "Preview" }));
  await dialog.findByText(/of space needed/);
  expect(button("Restore").disabled).toBe(true);
  type();
  expect(button("Restore").disabled).toBe(false);
});

test("an encrypted backup needs what opens it", async () => {
  const { dialog, input, button } = await open(
    {
      "backups.plan": () => plan([planned({ action: "create" })], { encryption: "recipients" }),
      "backups.restore": () => {
        throw panelError("ARCHIVE_LOCKED", "No identity matched any of the recipients.");
      },
    },
    aBackup({ encryption: "recipients" }),
  );
  fireEvent.click(button("Preview"));
  const field = await dialog.findByLabelText("age secret key");
  fireEvent.input(field, { target: { value: "age1public" } });
  expect(dialog.getByText("The key starts with AGE-SECRET-KEY-.")).toBeTruthy();
  expect(button("Restore").disabled).toBe(true);
  fireEvent.input(field, { target: { value: "AGE-SECRET-KEY-1QQQ" } });
  fireEvent.click(button("Restore"));
  await expect
    .poll(() => input("backups.restore"))
    .toEqual({ id: "backup-1", unlock: { identity: "AGE-SECRET-KEY-1QQQ" } });
  expect(await dialog.findByText("No identity matched any of the recipients.")).toBeTruthy();
});

test("an id that is wrong, taken or there twice is said at once", async () => {
  const { dialog, button } = await open({});
  for (const copy of dialog.getAllByRole("button", { name: "As a copy" })) fireEvent.click(copy);
  const [first, second] = dialog.getAllByRole<HTMLInputElement>("textbox", {
    name: "ID of the copy",
  });
  const type = (field: HTMLInputElement | undefined, value: string) =>
    fireEvent.input(field as HTMLInputElement, { target: { value } });
  type(first, "-");
  expect(dialog.getByText(/^Use 1 to 40/)).toBeTruthy();
  type(first, "zhangsan");
  expect(dialog.getByText("Another instance already uses this ID.")).toBeTruthy();
  expect(button("Preview").disabled).toBe(true);
  type(first, "same");
  type(second, "same");
  expect(dialog.getAllByText("Another instance already uses this ID.")).toHaveLength(2);
  type(second, "other");
  expect(button("Preview").disabled).toBe(false);
  for (const box of dialog.getAllByRole("checkbox")) fireEvent.click(box);
  expect(button("Preview").disabled).toBe(true);
});

test("a plan that cannot be made, and a restore that fails, say why and let one try again", async () => {
  const job = aJob({ kind: "restore" });
  const { fake, dialog, button } = await open({
    "backups.plan": () => {
      throw panelError("ARCHIVE_INVALID", "The seal does not match.");
    },
    "backups.restore": () => job,
  });
  fireEvent.click(button("Preview"));
  expect(await dialog.findByText("The seal does not match.")).toBeTruthy();
  fake.answers["backups.plan"] = () => plan([planned({ action: "create" })]);
  fireEvent.click(button("Preview"));
  fireEvent.click(await dialog.findByRole("button", { name: "Restore" }));
  await dialog.findByRole("progressbar", { name: "Restore" });
  fake.push("jobs.watch", {
    type: "changed",
    job: {
      ...job,
      status: "failed",
      error: { reason: "START_FAILED", message: "It did not come up." },
    },
  });
  expect(await dialog.findByText("It did not come up.")).toBeTruthy();
  fireEvent.click(button("Back"));
  expect(await dialog.findByRole("button", { name: "Restore" })).toBeTruthy();
});
