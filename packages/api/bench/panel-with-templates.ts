/** The panel of src/main.ts with another folder of templates, which no setting can give it. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createApp } from "../src/app.ts";
import { readConfig, readSecrets } from "../src/config.ts";
import { createServer } from "../src/server/server.ts";

const [, , templates] = process.argv;
if (!templates) throw new Error("name the folder of templates");
const config = { ...readConfig(), templates };
{
  await using app = await createApp(config, { adminPassword: readSecrets().adminPassword });
  await using server = await createServer(app.context);
  await server.listen({ host: config.host, port: config.port });
  const { port } = server.server.address() as AddressInfo;
  process.stdout.write(`ClawMultiDeploy: http://${config.host}:${port}\n`);
  await once(process, "SIGTERM");
}
