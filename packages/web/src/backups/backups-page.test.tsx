import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup, aJob, anInstance } from "../testing/fixtures.ts";
// Loaded on demand by the page; imported first, so that no test waits for it.
import "./backups-page.tsx";
import "./delete-backup-dialog.tsx";
import "./test-dialog.tsx";
import "./verify-dialog.tsx";

const of = (id: string, name: string) => ({ id, name, bytes: 5_000_000, files: 3 });
const two = aBackup({
  id: "two",
  createdAt: new Date().toISOString(),
  createdBy: "schedule",
  instances: [of("zhangsan", "张三"), of("lisi", "李四")],
  note: "Before the update",
  pinned: true,
  encryption: "passphrase",
  provenAt: "2026-11-22T03:05:00.000Z",
});
const old = aBackup({ id: "old", createdAt: "2025-01-05T03:00:00.000Z", verifiedAt: null });

const rows = () =>
  screen.getAllByRole("listitem", { name: /^Backup of/ }).map((row) => within(row));
async function menu(index: number, entry: string) {
  // The page behind a dialog reappears a moment after it closes.
  await screen.findAllByRole("listitem", { name: /^Backup of/ });
  const trigger = rows()[index]?.getByRole("button", { name: /^More actions/ }) as HTMLElement;
  const press = (element: HTMLElement) => {
    fireEvent.pointerDown(element, { button: 0, pointerType: "mouse" });
    fireEvent.pointerUp(element, { button: 0, pointerType: "mouse" });
  };
  press(trigger);
  press(await screen.findByRole("menuitem", { name: entry }));
  await expect.poll(() => screen.queryByRole("menu")).toBeNull();
}
const lastCall = (fake: { calls: { path: string; input: unknown }[] }, path: string) =>
  fake.calls.filter((call) => call.path === path).at(-1)?.input;

test("lists backups by day, each with who, what, how large and how sure", async () => {
  await renderWithBackups([old, two]);
  const headings = (await screen.findAllByRole("heading", { level: 2 })).map(
    (one) => one.textContent,
  );
  expect(headings.slice(0, 2)).toEqual(["today", expect.stringMatching(/5 January 2025/)]);
  const [first, second] = rows();
  for (const words of ["by schedule", "312 MB", "Before the update", "Encrypted", "Always kept"])
    expect(first?.getByText(words)).toBeTruthy();
  expect(first?.getByText(/^Verified/)).toBeTruthy();
  expect(first?.getByText(/^Passed a restore test/)).toBeTruthy();
  expect(second?.getByText("Never verified")).toBeTruthy();
  expect(second?.queryByText("Encrypted")).toBeNull();
  const expander = first?.getByRole("button", { name: "2 instances" }) as HTMLElement;
  expect(expander.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(expander);
  expect(first?.getByText("李四")).toBeTruthy();
});

test("a damaged backup says what is wrong with it", async () => {
  await renderWithBackups([aBackup({ verifiedAt: null, fault: "Its end is cut off." })]);
  expect(await screen.findByText("Damaged")).toBeTruthy();
  expect(screen.getByText("Its end is cut off.")).toBeTruthy();
});

test("an empty list says what a backup is, and offers the first", async () => {
  await renderWithBackups([], { instances: [anInstance()] });
  expect(await screen.findByText("No backups yet")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Create backup" }));
  expect(await screen.findByRole("dialog", { name: "Create backup" })).toBeTruthy();
});

test("a list that cannot be read says why", async () => {
  const { fake } = await renderWithBackups([]);
  fake.fail("backups.watch", panelError("INTERNAL", "The store is locked."));
  fake.push("backups.watch", { type: "snapshot", backups: [] });
  expect(await screen.findByText("No backups yet")).toBeTruthy();
});

test("the job that runs is on top, with a line for each instance, and can be cancelled", async () => {
  const still = { files: 0, bytesPerSecond: 0, secondsLeft: null };
  const detail = {
    bytes: 312e6,
    totalBytes: 840e6,
    files: 12,
    bytesPerSecond: 24e6,
    secondsLeft: 22,
    instances: [
      {
        id: "a",
        name: "Anna",
        phase: "copying",
        bytes: 312e6,
        totalBytes: 840e6,
        files: 12,
        bytesPerSecond: 24e6,
        secondsLeft: 22,
        downMs: 2000,
        problem: null,
      },
      {
        id: "b",
        name: "Bob",
        phase: "waiting",
        bytes: 0,
        totalBytes: 0,
        ...still,
        downMs: null,
        problem: null,
      },
      {
        id: "c",
        name: "Carla",
        phase: "failed",
        bytes: 0,
        totalBytes: 0,
        ...still,
        downMs: 0,
        problem: "A file cannot be read.",
      },
    ],
  } as const;
  const job = aJob({
    kind: "backup",
    progress: 0.37,
    detail: { ...detail, instances: [...detail.instances] },
  });
  const { fake } = await renderWithBackups([two], {
    jobs: [job, aJob({ id: "other" })],
    answers: { "jobs.cancel": () => job },
  });
  const card = within(await screen.findByRole("region", { name: "In progress" }));
  expect(card.getByRole("progressbar", { name: "Back up" }).getAttribute("aria-valuetext")).toBe(
    "37%",
  );
  expect(card.getByText("312 MB of 840 MB · 12 files · 24 MB/s")).toBeTruthy();
  expect(card.getByText("about 25 secs left")).toBeTruthy();
  const lines = within(card.getByRole("list", { name: "Progress of each instance" }));
  expect(lines.getAllByRole("listitem").map((line) => line.dataset.phase)).toEqual([
    "copying",
    "waiting",
    "failed",
  ]);
  const copying = "copying 312 MB of 840 MB · 12 files · 24 MB/s · down 2 secs";
  expect(lines.getByText(copying)).toBeTruthy();
  expect(lines.getByText("A file cannot be read.")).toBeTruthy();
  // The panel queues concurrent requests, and refuses only a second one of the same user.
  const buttons = screen.getAllByRole<HTMLButtonElement>("button", {
    name: /^(Create backup|Restore)/,
  });
  expect(buttons.map(({ disabled }) => disabled)).toEqual([false, false]);
  fireEvent.click(card.getByRole("button", { name: "Cancel" }));
  await expect.poll(() => lastCall(fake, "jobs.cancel")).toEqual({ id: "job-1" });
});

test("download follows a ticket; a refusal is told", async () => {
  const followed: string[] = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    followed.push(`${this.getAttribute("href")} as ${this.download}`);
  };
  try {
    const { fake } = await renderWithBackups([two], {
      answers: { "backups.downloadTicket": () => ({ url: "/backups/download/t1" }) },
    });
    const button = await screen.findByRole("button", { name: /^Download: Backup of/ });
    fireEvent.click(button);
    await expect
      .poll(() => followed)
      .toEqual(["/backups/download/t1 as claw-20261122-030000-1.tar"]);
    fake.answers["backups.downloadTicket"] = () => {
      throw panelError("BACKUP_NOT_FOUND", "There is no backup.");
    };
    fireEvent.click(button);
    expect(await screen.findByText("Could not download the backup")).toBeTruthy();
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
});

test("a backup is pinned and unpinned, and its note is changed or left", async () => {
  const { fake } = await renderWithBackups([two, old], {
    answers: { "backups.update": () => two },
  });
  await screen.findByText("Before the update");
  await menu(0, "Do not always keep");
  await expect.poll(() => lastCall(fake, "backups.update")).toEqual({ id: "two", pinned: false });
  await menu(1, "Always keep");
  await expect.poll(() => lastCall(fake, "backups.update")).toEqual({ id: "old", pinned: true });

  await menu(0, "Edit the note");
  const field = await screen.findByRole("textbox", { name: "Note" });
  fireEvent.input(field, { target: { value: " After " } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await expect.poll(() => lastCall(fake, "backups.update")).toEqual({ id: "two", note: "After" });
  await expect.poll(() => screen.queryByRole("textbox", { name: "Note" })).toBeNull();
  await menu(0, "Edit the note");
  fireEvent.keyDown(await screen.findByRole("textbox", { name: "Note" }), { key: "Escape" });
  expect(screen.queryByRole("textbox", { name: "Note" })).toBeNull();
});

test("verifying asks for nothing, unless the backup is encrypted", async () => {
  const { fake } = await renderWithBackups([two, old], {
    answers: { "backups.verify": () => aJob({ kind: "verify" }) },
  });
  await screen.findByText("Before the update");
  await menu(1, "Verify");
  await expect.poll(() => lastCall(fake, "backups.verify")).toEqual({ id: "old" });
  await menu(0, "Verify…");
  const dialog = within(await screen.findByRole("dialog", { name: "Verify an encrypted backup" }));
  fireEvent.input(dialog.getByLabelText("Passphrase"), { target: { value: "correct horse" } });
  fireEvent.click(dialog.getByRole("button", { name: "Verify" }));
  await expect
    .poll(() => lastCall(fake, "backups.verify"))
    .toEqual({ id: "two", unlock: { passphrase: "correct horse" } });
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("a test restore needs what opens the backup, and shows how it goes to its end", async () => {
  const job = aJob({ id: "trial", kind: "test-restore", step: "test.start" });
  const { fake } = await renderWithBackups([two], { answers: { "backups.test": () => job } });
  await screen.findByText("Before the update");
  await menu(0, "Test restore…");
  const dialog = within(await screen.findByRole("dialog", { name: "Test restore" }));
  const begin = dialog.getByRole<HTMLButtonElement>("button", { name: "Start test" });
  expect(begin.disabled).toBe(true);
  fireEvent.input(dialog.getByLabelText("Passphrase"), { target: { value: "correct horse" } });
  fireEvent.click(begin);
  await expect
    .poll(() => lastCall(fake, "backups.test"))
    .toEqual({ id: "two", instanceId: "zhangsan", unlock: { passphrase: "correct horse" } });
  expect(await dialog.findByRole("progressbar")).toBeTruthy();
  fake.push("jobs.watch", {
    type: "changed",
    job: {
      ...job,
      status: "succeeded",
      result: { instanceId: "zhangsan", healthy: true, seconds: 9, message: null },
    },
  });
  expect(await dialog.findByText(/became healthy within 9 secs/)).toBeTruthy();
  expect(dialog.getByRole("button", { name: "Done" })).toBeTruthy();
});

test("deleting says what is the last of its kind, and asks for more where data would be gone", async () => {
  const { fake } = await renderWithBackups([two, old], {
    instances: [anInstance()],
    answers: { "backups.remove": ({ id }: { id: string }) => ({ id }) },
  });
  await screen.findByText("Before the update");
  await menu(1, "Delete…");
  const plain = within(await screen.findByRole("dialog", { name: "Delete backup" }));
  expect(plain.queryByText(/last backup/)).toBeNull();
  fireEvent.click(plain.getByRole("button", { name: "Cancel" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();

  await menu(0, "Delete…");
  const dialog = within(await screen.findByRole("dialog", { name: "Delete backup" }));
  expect(dialog.getByText("It is the last backup of 1 instance")).toBeTruthy();
  expect(dialog.getByText(/the instance no longer exists/)).toBeTruthy();
  const confirm = dialog.getByRole<HTMLButtonElement>("button", { name: "Delete backup" });
  expect(confirm.disabled).toBe(true);
  fireEvent.input(dialog.getByRole("textbox"), { target: { value: "2" } });
  fireEvent.click(confirm);
  await expect.poll(() => lastCall(fake, "backups.remove")).toEqual({ id: "two" });
  expect(await screen.findByText("Backup deleted")).toBeTruthy();
});

test("a refused deletion stays open with the reason", async () => {
  await renderWithBackups([old, { ...old, id: "same" }], {
    answers: {
      "backups.remove": () => {
        throw panelError("BUSY", "The backup is being restored.");
      },
    },
  });
  await screen.findAllByText("Never verified");
  await menu(0, "Delete…");
  const dialog = within(await screen.findByRole("dialog", { name: "Delete backup" }));
  fireEvent.click(dialog.getByRole("button", { name: "Delete backup" }));
  expect(await dialog.findByText("The backup is being restored.")).toBeTruthy();
});

test("a long list is shown in parts", async () => {
  const many = Array.from({ length: 120 }, (_, index) => aBackup({ id: `b${index}` }));
  await renderWithBackups(many);
  fireEvent.click(await screen.findByRole("button", { name: "Show 70 more" }));
  expect(rows()).toHaveLength(100);
  fireEvent.click(screen.getByRole("button", { name: "Show 20 more" }));
  expect(rows()).toHaveLength(120);
});

test("a member backs up and downloads what is theirs, and is not asked what only others may", async () => {
  const { fake } = await renderWithBackups([two], {
    me: { username: "mina", displayName: "Mina", role: "member" },
    instances: [anInstance({ id: "zhangsan" }), anInstance({ id: "lisi", name: "李四" })],
    answers: { "backups.create": () => aJob({ kind: "backup" }) },
  });
  const [row] = rows();
  expect(row?.getByRole("button", { name: /^Download/ })).toBeTruthy();
  expect(row?.queryByRole("button", { name: /^Restore/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Upload" })).toBeNull();
  const asked = fake.calls.map(({ path }) => path);
  expect(asked).not.toContain("backups.policy");
  expect(asked).not.toContain("backups.snapshots");
  fireEvent.click(screen.getByRole("button", { name: "Create backup" }));
  fireEvent.click(await screen.findByRole("button", { name: "Start backup" }));
  await expect
    .poll(() => lastCall(fake, "backups.create"))
    .toMatchObject({ instanceIds: ["zhangsan", "lisi"] });
});
