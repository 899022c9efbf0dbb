import { expect, test } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { STUB_IMAGE, uniqueId, untilAddressed } from "../support/docker.ts";
import { dumpOf, dumpRequests } from "../support/dumping-container.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { openInstance } from "../support/instance-list.ts";
import { Panel } from "../support/panel.ts";

const browser = useBrowser();

test("a container that the administrator opens and that dumps what it is sent has nothing of the panel's", async () => {
  const panel = await forThisTest(Panel.start({ image: STUB_IMAGE }));
  const id = uniqueId("anna");
  const { port } = await panel.create({ id, name: "Anna" });
  const container = `openclaw-${id}`;
  await dumpRequests(container, port);
  await untilAddressed(panel.home);

  // By the name of the instance's own address: cookies, if there were any, would be sent to both.
  const visitor = await browser.visit(`${panel.url}/instances`);
  visitor.allowErrors(/WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/socket' failed/);
  const { page } = visitor;
  const session = await page.evaluate(() => localStorage.getItem("claw.session"));
  expect(session).toMatch(/\S{40}/);
  const tab = await openInstance(visitor, "Anna");
  await expect.poll(() => tab.title()).toBe("asked everything");

  const dump = await dumpOf(container);
  for (const path of ["/", "/fetched", "/socket"])
    expect(dump).toMatch(new RegExp(`^GET ${path} HTTP/1.1\\nHost: 127.0.0.1:${port}$`, "m"));
  expect(dump).toMatch(/^User-Agent: .*Chrome/m);
  expect(dump).not.toMatch(/^(cookie|authorization):/im);
  for (const secret of [session, panel.token, new URL(tab.url()).hash.replace("#token=", "")])
    expect(dump).not.toContain(secret);
  const referrers = dump.match(/^referer: .*$/gim) ?? [];
  expect(new Set(referrers)).toEqual(new Set([`Referer: http://127.0.0.1:${port}/`]));
});
