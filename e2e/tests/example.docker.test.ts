import { expect, test } from "vitest";
import { containersOf, networksOf, STUB_IMAGE } from "../support/docker.ts";
import { Panel } from "../support/panel.ts";
import { runExample } from "../support/run-example.ts";

test("the example creates a container, follows its log and removes it", async () => {
  await using panel = await Panel.start({ image: STUB_IMAGE });
  await runExample(panel);
  expect(await containersOf(panel.home)).toEqual([]);
  expect(await networksOf(panel.home)).toEqual([]);
});
