import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, onTestFinished, test, vi } from "vitest";
import { renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { aBackup } from "../testing/fixtures.ts";
import "./backups-page.tsx";

const file = (name: string) => new File(["0123456789"], name);
const list = () => within(screen.getByRole("list", { name: "Uploads" }));

async function choose(...files: File[]) {
  const view = await renderWithBackups([]);
  const input = await screen.findByLabelText<HTMLInputElement>("Backup file to upload");
  fireEvent.change(input, { target: { files } });
  return view;
}

test("an upload tells how far it is, then that the panel checks it, then that it is there", async () => {
  const { fake } = await choose(file("one.tar"));
  const bar = await screen.findByRole("progressbar", { name: "Upload of one.tar" });
  expect(bar.getAttribute("aria-valuetext")).toBe("0%");
  fake.uploads[0]?.onProgress(4);
  await expect.poll(() => list().getByText("4 byte of 10 byte")).toBeTruthy();
  fake.uploads[0]?.onProgress(10);
  expect(await list().findByText(/^Sent; the panel is verifying it/)).toBeTruthy();
  expect(bar.getAttribute("aria-valuetext")).toBeNull();
  const { key } = fake.uploads[0] ?? { key: "" };
  expect(fake.subscribed("backups.watchUpload")).toEqual([{ key }]);
  fake.push("backups.watchUpload", { bytes: 7, totalBytes: 10 });
  expect(await list().findByText(/verifying it · 7 byte of 10 byte/)).toBeTruthy();
  expect(bar.getAttribute("aria-valuetext")).toBe("70%");
  fake.uploads[0]?.resolve({ backup: aBackup(), isNew: true });
  expect(await screen.findByText("one.tar is uploaded and verified")).toBeTruthy();
  await expect.poll(() => screen.queryByRole("list", { name: "Uploads" })).toBeNull();
  expect(fake.subscribed("backups.watchUpload")).toEqual([]);
});

test("an upload tells its rate and the time that is left, in each of its steps", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { fake } = await choose(new File([new Uint8Array(40_000)], "one.tar"));
  await expect.poll(() => fake.uploads.length).toBe(1);
  fake.uploads[0]?.onProgress(10_000);
  vi.advanceTimersByTime(10_000);
  await expect
    .poll(() => list().getByText(/^10 kB of 40 kB · 0\.\d kB\/s · about \d+ secs left$/))
    .toBeTruthy();
  fake.push("backups.watchUpload", { bytes: 0, totalBytes: 40_000 });
  vi.advanceTimersByTime(5_000);
  fake.push("backups.watchUpload", { bytes: 20_000, totalBytes: 40_000 });
  // Measured anew: including the upload would halve it.
  const checking = /verifying it · 20 kB of 40 kB · [34](\.\d)? kB\/s · about \d secs left$/;
  await expect.poll(() => list().getByText(checking)).toBeTruthy();
});

test("a file that is no backup says so until it is taken away; a cancelled one leaves at once", async () => {
  const { fake } = await choose(file("bad.tar"), file("long.tar"));
  await expect.poll(() => fake.uploads.length).toBe(2);
  fake.uploads[0]?.reject(panelError("ARCHIVE_INVALID", "The file has no seal."));
  expect(await screen.findByText("The file has no seal.")).toBeTruthy();
  fireEvent.click(list().getByRole("button", { name: "Cancel" }));
  expect(fake.uploads[1]?.signal.aborted).toBe(true);
  expect(list().getAllByRole("listitem")).toHaveLength(1);
  fireEvent.click(list().getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("list", { name: "Uploads" })).toBeNull();
});

test("files can be dropped, and the page says where", async () => {
  const { fake } = await renderWithBackups([aBackup()]);
  const zone = await screen.findByRole("region", { name: /drop a backup file here/ });
  const dataTransfer = { types: ["Files"], files: [file("dropped.tar")] };
  fireEvent.dragEnter(zone, { dataTransfer });
  expect(screen.getByText("Drop to upload")).toBeTruthy();
  fireEvent.dragLeave(zone, { dataTransfer });
  expect(screen.queryByText("Drop to upload")).toBeNull();
  fireEvent.dragEnter(zone, { dataTransfer: { types: ["text/plain"], files: [] } });
  expect(screen.queryByText("Drop to upload")).toBeNull();
  fireEvent.drop(zone, { dataTransfer });
  await expect.poll(() => fake.uploads.map((one) => one.file.name)).toEqual(["dropped.tar"]);
});

test("an upload goes on when one leaves the page", async () => {
  const { fake } = await choose(file("one.tar"));
  await expect.poll(() => fake.uploads.length).toBe(1);
  fireEvent.click(screen.getByRole("link", { name: "Jobs" }));
  await screen.findByRole("heading", { level: 1, name: "Jobs" });
  expect(fake.uploads[0]?.signal.aborted).toBe(false);
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
  fake.uploads[0]?.resolve({ backup: aBackup(), isNew: true });
  expect(await screen.findByText("one.tar is uploaded and verified")).toBeTruthy();
});

test("a file that is known already says so", async () => {
  const { fake } = await choose(file("one.tar"));
  await expect.poll(() => fake.uploads.length).toBe(1);
  fake.uploads[0]?.resolve({ backup: aBackup(), isNew: false });
  expect(await screen.findByText("one.tar is identical to a backup in the list")).toBeTruthy();
});
