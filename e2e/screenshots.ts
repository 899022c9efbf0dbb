/** Every page and dialog in both languages and themes at two widths: `npm run screenshots -w e2e [scene…]`. */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium, nameOf, newWindow, type View } from "./support/browser.ts";
import { build } from "./support/build.ts";
import { ARTIFACTS } from "./support/places.ts";
import type { Scene } from "./support/scene.ts";
import { SCENES } from "./support/scenes.ts";
import { ADMIN, signedInStorage } from "./support/session.ts";
import { speaker } from "./support/words.ts";
import { WORLDS, type World, type WorldName } from "./support/worlds.ts";

const FOLDER = path.join(ARTIFACTS, "screenshots");

const ALL_VIEWS: readonly View[] = (["zh", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) =>
    ([1280, 390] as const).map((width) => ({ language, theme, width })),
  ),
);

async function take(browser: Browser, world: World, scene: Scene, view: View): Promise<void> {
  const { person = ADMIN } = scene;
  const storage = person === null ? undefined : await signedInStorage(world.proxy.url, person);
  const page = await newWindow(browser, view, storage);
  try {
    await page.goto(`${world.proxy.url}${scene.path}`);
    const visitor = { page, view, t: speaker(view.language), allowErrors: () => {} };
    await scene.show(visitor, world);
    const file = `${scene.name} ${nameOf(view)}`.replaceAll(" ", "-");
    await page.screenshot({ path: path.join(FOLDER, `${file}.png`) });
  } finally {
    await page.context().close();
    await scene.leave?.(world);
  }
}

build();
const wanted = process.argv.slice(2);
const scenes = SCENES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (wanted.length === 0) await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const browser = await launchChromium();
/** One that fails is told at the end; the others are taken all the same. */
const failures: string[] = [];
try {
  for (const name of Object.keys(WORLDS) as WorldName[]) {
    const here = scenes.filter((scene) => scene.world === name);
    if (here.length === 0) continue;
    await using world = await WORLDS[name]();
    for (const scene of here)
      for (const view of ALL_VIEWS)
        await take(browser, world, scene, view).catch((error: unknown) =>
          failures.push(`${scene.name} ${nameOf(view)}: ${error}`),
        );
  }
} finally {
  await browser.close();
}
process.stdout.write(
  `${scenes.length * ALL_VIEWS.length - failures.length} pictures in ${path.relative(process.cwd(), FOLDER)}\n`,
);
for (const failure of failures) process.stderr.write(`${failure}\n`);
if (failures.length > 0) process.exitCode = 1;
