/** The panel of src/main.ts with another folder of templates, which no setting can give it. */
import { once } from "node:events";
import { createApp } from "../src/app.ts";
import { readConfig, readSecrets } from "../src/config.ts";
import { listen } from "../src/server/front/listen.ts";
import { createServer } from "../src/server/server.ts";

const [, , templates] = process.argv;
if (!templates) throw new Error("name the folder of templates");
const config = { ...readConfig(), templates };
{
  await using app = await createApp(config, { adminPassword: readSecrets().adminPassword });
  await using server = await createServer(app.context);
  await listen(server, app.context);
  process.stdout.write(`ClawMultiDeploy: ${app.context.runtime.addresses.panel()}\n`);
  await once(process, "SIGTERM");
}
