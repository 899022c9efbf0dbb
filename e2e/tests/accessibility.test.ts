import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { SCENES } from "../support/scenes.ts";
import { WORLDS, type World, type WorldName } from "../support/worlds.ts";

const browser = useBrowser();

describe.each(Object.keys(WORLDS) as WorldName[])("%s", (name) => {
  let world: World;
  beforeAll(async () => {
    world = await WORLDS[name]();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  describe.each(SCENES.filter((scene) => scene.world === name))("$name", (scene) => {
    test.each(TWO_VIEWS)("axe finds nothing: $language $width $theme", async (view) => {
      const visitor = await browser.visit(`${world.proxy.url}${scene.path}`, view, scene.person);
      visitor.allowErrors(...(scene.errors ?? []));
      try {
        await scene.show(visitor, world);
        expect(await accessibilityProblems(visitor.page)).toEqual([]);
      } finally {
        await scene.leave?.(world);
      }
    });
  });
});
