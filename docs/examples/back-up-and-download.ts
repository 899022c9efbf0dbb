/**
 * Backs up all instances, fetches the file, and checks that it arrived as it was made.
 * Start the panel, make an API token (page "My account", scope "Operate"), then:
 * CLAW_TOKEN=claw_… node docs/examples/back-up-and-download.ts http://127.0.0.1:8000 .
 */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createClawClient } from "@claw/api";

const [, , url = "http://127.0.0.1:8000", folder = "."] = process.argv;
const claw = createClawClient({ url, token: process.env.CLAW_TOKEN ?? "" });
const print = (line: string) => process.stdout.write(`${line}\n`);

const { id } = await claw.backups.create.mutate({ note: "Example" });
let backupId = "";
for await (const event of claw.jobs.watch.subscribe()) {
  const job = (event.type === "snapshot" ? event.jobs : [event.job]).find((one) => one.id === id);
  if (job?.error) throw new Error(`It failed: ${job.error.message}`);
  if (job?.status === "cancelled") throw new Error("Somebody cancelled it.");
  if (job?.status !== "succeeded") continue;
  ({ backupId } = job.result as { backupId: string });
  break;
}
const backup = await claw.backups.get.query({ id: backupId });
print(`Made ${backup.filename} of ${backup.instanceCount} instances`);

// The address is good for one download, begun within a minute.
const ticket = await claw.backups.downloadTicket.mutate({ id: backupId });
const { body, status } = await fetch(new URL(ticket.url, url));
if (status !== 200 || body === null) throw new Error(`The panel answered ${status}.`);
const hash = createHash("sha256");
const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
};
// It holds tokens and keys: for nobody else to read.
const target = path.join(folder, backup.filename);
await pipeline(body, hashed, createWriteStream(target, { flags: "wx", mode: 0o600 }));
if (hash.digest("hex") !== backup.sha256) throw new Error("It did not arrive as it was made.");
print(`Fetched ${backup.size} bytes`);
