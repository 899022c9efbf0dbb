import { truncate } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { archiveBytes } from "../../../../tests/support/archive-bytes.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { removeBackup } from "../catalogue/remove-backup.ts";
import { createDownloadTicket, DOWNLOAD_PATH, findDownload } from "./download-backup.ts";
import { uploadBackup } from "./upload-backup.ts";

async function withBackup() {
  const panel = await createTestPanel();
  const bytes = await archiveBytes(panel.context);
  const body = (async function* () {
    yield bytes;
  })();
  const { backup } = await uploadBackup(panel.context, { body, size: bytes.length });
  return { panel, backup };
}

const ticketOf = (url: string) => url.slice(DOWNLOAD_PATH.length);

test("a ticket leads to its backup, and is the panel's own secret", async () => {
  const { panel, backup } = await withBackup();
  await using _ = panel;
  const { url } = await createDownloadTicket(panel.context, panel.viewer, backup.id);
  expect(url).toMatch(/^\/backups\/download\/[0-9a-f]{64}$/);
  expect(await findDownload(panel.context, ticketOf(url))).toEqual(backup);
  await rejects(findDownload(panel.context, "0".repeat(64)), "TICKET_INVALID");
  expect(panel.logged.join("")).not.toContain(ticketOf(url));
});

test("there is none for a backup that is not there", async () => {
  const { panel, backup } = await withBackup();
  await using _ = panel;
  await rejects(createDownloadTicket(panel.context, panel.viewer, "nothing"), "BACKUP_NOT_FOUND");
  const { url } = await createDownloadTicket(panel.context, panel.viewer, backup.id);
  await removeBackup(panel.context, backup.id);
  await rejects(findDownload(panel.context, ticketOf(url)), "BACKUP_NOT_FOUND");
});

test("a file that is not the one which is listed is not handed out", async () => {
  const { panel, backup } = await withBackup();
  await using _ = panel;
  const { url } = await createDownloadTicket(panel.context, panel.viewer, backup.id);
  await truncate(path.join(panel.home, "backup", backup.filename), backup.size - 1);
  await rejects(createDownloadTicket(panel.context, panel.viewer, backup.id), "ARCHIVE_INVALID");
  await rejects(findDownload(panel.context, ticketOf(url)), "ARCHIVE_INVALID");
  await panel.context.disk.repository.delete(backup.filename);
  const error = await rejects(findDownload(panel.context, ticketOf(url)), "BACKUP_NOT_FOUND");
  expect(error.message).toContain(backup.filename);
});
