/** A panel without a page that gives an instance another image. Its test kills it meanwhile. */
import { setTimeout as delay } from "node:timers/promises";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { changeImage } from "./replacing.ts";

const [id = "", image = ""] = process.argv.slice(2);
const { context } = await createApp(readConfig(process.env));
const { board } = context.runtime.live;
await board.until(id, (now) => now?.status === "running", AbortSignal.timeout(60_000));
process.stdout.write("begins\n");
await changeImage(context, id, { image });
process.stdout.write("is done\n");
for (;;) await delay(60_000);
