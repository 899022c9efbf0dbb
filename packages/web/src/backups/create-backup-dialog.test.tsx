import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { renderOverBackups, renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup, aJob, anInstance } from "../testing/fixtures.ts";
import "./backups-page.tsx";
import "./create-backup-dialog.tsx";

const KEY = `age1${"q".repeat(58)}`;
const instances = [
  anInstance(),
  anInstance({ id: "lisi", name: "李四", port: 18790 }),
  anInstance({ id: "anna", name: "Anna", port: 18791 }),
];

async function open(answers: Record<string, (input: never) => unknown> = {}) {
  const view = await renderWithBackups([aBackup()], { instances, answers });
  fireEvent.click(await screen.findByRole("button", { name: "Create backup" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Create backup" }));
  const asked = () => view.fake.calls.filter((call) => call.path === "backups.create");
  const begin = () => fireEvent.click(dialog.getByRole("button", { name: "Start backup" }));
  return { ...view, dialog, asked, begin };
}
const job = () => aJob({ kind: "backup" });
const pick = (dialog: ReturnType<typeof within>, label: string, option: string) => {
  fireEvent.pointerDown(dialog.getByRole("button", { name: new RegExp(label) }), {
    button: 0,
    pointerType: "mouse",
  });
  return screen.findByRole("option", { name: option }).then((element) => {
    fireEvent.pointerDown(element, { button: 0, pointerType: "mouse" });
    fireEvent.pointerUp(element, { button: 0, pointerType: "mouse" });
  });
};

test("all instances, one after another, not encrypted: nothing has to be filled in", async () => {
  const { dialog, asked, begin } = await open({ "backups.create": job });
  expect(
    dialog.getByText("At least 840 MB; some instances have never been backed up"),
  ).toBeTruthy();
  begin();
  await expect.poll(asked).toEqual([{ path: "backups.create", input: { mode: "rolling" } }]);
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("some of them, found by a search, with a note, all at once", async () => {
  const { dialog, asked, begin } = await open({ "backups.create": job });
  fireEvent.click(dialog.getByRole("radio", { name: "Selected instances" }));
  begin();
  expect(await dialog.findByText("Select at least one instance.")).toBeTruthy();
  expect(asked()).toEqual([]);
  fireEvent.click(dialog.getByRole("checkbox", { name: /张三/ }));
  expect(dialog.getByText(/^About 840 MB/)).toBeTruthy();
  fireEvent.input(dialog.getByRole("searchbox"), { target: { value: "ann" } });
  expect(dialog.queryByRole("checkbox", { name: /张三/ })).toBeNull();
  fireEvent.click(dialog.getByRole("button", { name: "Select all" }));
  expect(dialog.getByText("2 selected")).toBeTruthy();
  fireEvent.input(dialog.getByRole("textbox", { name: "Note (optional)" }), {
    target: { value: " Monday " },
  });
  fireEvent.click(dialog.getByRole("radio", { name: "Stop all at once" }));
  begin();
  await expect
    .poll(() => asked()[0]?.input)
    .toEqual({ mode: "at-once", instanceIds: ["zhangsan", "anna"], note: "Monday" });
});

test("a passphrase is typed twice, with a warning of what losing it means", async () => {
  const { dialog, asked, begin } = await open({ "backups.create": job });
  await pick(dialog, "Encryption", "With a passphrase");
  expect(await dialog.findByText(/If you lose it, you lose the backup/)).toBeTruthy();
  expect(dialog.getByRole("button", { name: /Encryption/ }).textContent).toBe("With a passphrase");
  const type = (label: string, value: string) =>
    fireEvent.input(dialog.getByLabelText(label), { target: { value } });
  type("Passphrase", "short");
  type("Repeat passphrase", "other");
  begin();
  expect(await dialog.findByText("Use at least 10 characters.")).toBeTruthy();
  expect(dialog.getByText("The passphrases do not match.")).toBeTruthy();
  type("Passphrase", "correct horse");
  type("Repeat passphrase", "correct horse");
  begin();
  await expect
    .poll(() => asked()[0]?.input)
    .toEqual({
      mode: "rolling",
      encryption: { kind: "passphrase", passphrase: "correct horse" },
    });
});

test("keys of age are checked before they are sent", async () => {
  const { dialog, asked, begin } = await open({ "backups.create": job });
  await pick(dialog, "Encryption", "With age public keys");
  const field = await dialog.findByRole("textbox", { name: "age public keys" });
  fireEvent.input(field, { target: { value: "ssh-ed25519" } });
  begin();
  expect(await dialog.findByText(/Enter keys that start with age1/)).toBeTruthy();
  expect(field.getAttribute("aria-invalid")).toBe("true");
  fireEvent.input(field, { target: { value: KEY } });
  begin();
  await expect
    .poll(() => asked()[0]?.input)
    .toMatchObject({ encryption: { kind: "recipients", recipients: [KEY] } });
});

test("a refusal stays in the dialog with its reason", async () => {
  const { dialog, begin } = await open({
    "backups.create": () => {
      throw panelError("BUSY", "Another backup is being made.");
    },
  });
  begin();
  expect(await dialog.findByText("Another backup is being made.")).toBeTruthy();
});

test("chosen instances are backed up from the list, which offers to show how it goes", async () => {
  const { fake } = renderOverBackups({ instances, answers: { "backups.create": job } });
  fireEvent.click(await screen.findByRole("checkbox", { name: "Select Anna" }));
  fireEvent.click(screen.getByRole("button", { name: "Back up" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Create backup" }));
  expect(dialog.getByRole<HTMLInputElement>("checkbox", { name: /Anna/ }).checked).toBe(true);
  fireEvent.click(dialog.getByRole("button", { name: "Start backup" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "backups.create")?.input)
    .toEqual({ mode: "rolling", instanceIds: ["anna"] });
  fireEvent.click(await screen.findByRole("button", { name: "Show" }));
  await expect.poll(() => window.location.pathname).toBe("/backups");
});
