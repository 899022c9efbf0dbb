/**
 * Creates an instance, waits until it runs, prints ten lines of its log, and removes it with its data.
 * Start the panel, make an API token (page "My account", scope "All"), then:
 * CLAW_TOKEN=claw_… node docs/examples/create-and-follow.ts http://127.0.0.1:8000
 */
import { createClawClient } from "@claw/api";

const claw = createClawClient({
  url: process.argv[2] ?? "http://127.0.0.1:8000",
  token: process.env.CLAW_TOKEN ?? "",
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const { id, url } = await claw.instances.create.mutate({ id: "example", name: "Example" });
print(`Created ${id}`);
try {
  // First a snapshot of all instances, then every change of one.
  for await (const event of claw.instances.watch.subscribe()) {
    const seen = event.type === "snapshot" ? event.instances : [];
    if (event.type === "changed") seen.push(event.instance);
    const instance = seen.find((one) => one.id === id);
    if (instance?.status === "error") throw new Error(`It failed: ${instance.statusReason}`);
    if (instance?.status === "running") break;
  }
  print(`It runs at ${url}`);

  let count = 0;
  // Lines come in batches; after a cut connection the next batch goes on where the last one ended.
  for await (const { data } of claw.instances.logs.subscribe({ id, tail: 10 })) {
    for (const line of data.lines.slice(0, 10 - count)) print(`${++count}. ${line.text}`);
    if (count === 10) break;
  }
} finally {
  await claw.instances.remove.mutate({ id, deleteData: true });
  print(`Removed ${id}`);
}
