import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useBrowser, VIEWS } from "../support/browser.ts";
import { CuttableProxy } from "../support/cuttable-proxy.ts";
import { forThisTest } from "../support/for-this-test.ts";
import {
  firstLineAtRest,
  lastLine,
  logOf,
  numbersIn,
  readWholeLog,
  upTo,
} from "../support/log-view.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const NAME = "安娜";
const HEARTBEAT = /heartbeat (\d+)$/;
const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 20 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(() => panel.create({ id: "anna", name: NAME }));
afterEach(() => panel.removeAll());

const address = () => `${panel.url}/instances/anna/logs`;

/** Waits until the gateway has written so many lines. */
async function untilHeartbeat(count: number): Promise<void> {
  for await (const { data } of panel.client.instances.logs.subscribe({ id: "anna" }))
    if (data.lines.some(({ text }) => Number(HEARTBEAT.exec(text)?.[1] ?? 0) >= count)) return;
}

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("follows the log; scrolling up lets go and keeps still; follow goes on at the end", async () => {
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    const log = logOf(visitor, NAME);
    const following = page.getByRole("button", { name: t("following") });
    await see(log.getByText(/heartbeat 120$/));
    await see(following);
    expect(await following.getAttribute("aria-pressed")).toBe("true");

    await log.hover();
    await page.mouse.wheel(0, -900);
    const back = page.getByRole("button", { name: new RegExp(`^${t("follow")}`) });
    await see(back.first());
    await gone(following);
    const before = await firstLineAtRest(log);
    expect(before.text).toMatch(/heartbeat \d+$/);
    await see(page.getByRole("button", { name: new RegExp(`^${t("follow")}.*\\d`) }));
    await untilHeartbeat(250);
    expect(await firstLineAtRest(log)).toEqual(before);

    await page.getByRole("button", { name: new RegExp(`^${t("follow")}.*\\d`) }).click();
    await see(following);
    await see(log.getByText(/heartbeat 25\d$/).last());
  });

  test("search marks what it finds and walks through it in both directions", async () => {
    await untilHeartbeat(60);
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    const log = logOf(visitor, NAME);
    await see(log.getByText(/heartbeat \d+$/).first());
    const search = page.getByRole("searchbox", { name: t("searchLog") });
    await search.fill("heartbeat 3");
    const position = page.getByRole("status").filter({ hasText: /^\d+\/\d+$/ });
    await see(position);
    const [at, total] = ((await position.textContent()) ?? "").split("/").map(Number);
    expect(at).toBe(total);
    expect(total).toBeGreaterThanOrEqual(11);

    await page.getByRole("button", { name: t("nextMatch") }).click();
    await see(page.getByRole("status").filter({ hasText: /^1\/\d+$/ }));
    const mark = log.locator("mark").first();
    await see(mark);
    expect(await mark.textContent()).toBe("heartbeat 3");
    await search.press("Enter");
    await see(page.getByRole("status").filter({ hasText: /^2\/\d+$/ }));
    await see(log.getByText(/heartbeat 30$/));
    await page.getByRole("button", { name: t("previousMatch") }).click();
    await see(page.getByRole("status").filter({ hasText: /^1\/\d+$/ }));

    await search.fill("no such line");
    await see(page.getByText(t("noMatchInLog")));
    expect(await page.getByRole("button", { name: t("nextMatch") }).isDisabled()).toBe(true);
  });
});

test("a connection that is cut again and again loses no line and repeats none", async () => {
  const proxy = await forThisTest(CuttableProxy.open(panel.url));
  const visitor = await browser.visit(`${proxy.url}/instances/anna/logs`);
  visitor.allowErrors(/WebSocket connection/, /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/);
  const { page, t } = visitor;
  const log = logOf(visitor, NAME);
  await see(log.getByText(HEARTBEAT).first());
  for (const lines of [150, 300, 450]) {
    proxy.cut();
    await see(page.getByText(t("connectionLost")));
    await see(page.getByRole("status").filter({ hasText: t("disconnected") }));
    await untilHeartbeat(lines);
    proxy.mend();
    await gone(page.getByText(t("connectionLost")));
    await see(page.getByRole("status").filter({ hasText: t("connected") }));
  }
  await panel.client.instances.stop.mutate({ id: "anna" });
  await expect.poll(() => lastLine(log)).toMatch(/received SIGTERM/);
  const numbers = numbersIn(await readWholeLog(log), HEARTBEAT);
  expect(numbers.length).toBeGreaterThanOrEqual(450);
  expect(numbers).toEqual(upTo(numbers.length));
});

test("a log goes on over a restart of its instance", async () => {
  const quiet = await forThisTest(
    Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 3_600_000 } }),
  );
  const { startedAt } = await quiet.create({ id: "anna", name: NAME });
  const visitor = await browser.visit(`${quiet.url}/instances/anna/logs`, VIEWS[1]);
  const log = logOf(visitor, NAME);
  const write = async (run: string) => {
    for (const number of upTo(40))
      await quiet.outside("write", "anna", "stdout", `${run} ${number}`);
    await expect.poll(() => lastLine(log)).toMatch(new RegExp(`${run} 40$`));
  };
  await write("first");
  await visitor.page.getByRole("button", { name: visitor.t("restart"), exact: true }).click();
  await quiet.untilRestarted("anna", startedAt);
  await write("second");
  const lines = await readWholeLog(log);
  expect(numbersIn(lines, /first (\d+)$/)).toEqual(upTo(40));
  expect(numbersIn(lines, /second (\d+)$/)).toEqual(upTo(40));
  expect(lines.findIndex((line) => line.endsWith("first 40"))).toBeLessThan(
    lines.findIndex((line) => line.endsWith("second 1")),
  );
});

test("the view that follows shows the very last line", async () => {
  const quiet = await forThisTest(
    Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 3_600_000 } }),
  );
  await quiet.create({ id: "anna", name: NAME });
  const visitor = await browser.visit(`${quiet.url}/instances/anna/logs`);
  const log = logOf(visitor, NAME);
  for (const number of upTo(80)) await quiet.outside("write", "anna", "stdout", `line ${number}`);
  const last = log.getByText(/line 80$/);
  await see(last);
  const bottom = async (box: ReturnType<typeof last.boundingBox>) => {
    const { y = 0, height = 0 } = (await box) ?? {};
    return y + height;
  };
  await expect
    .poll(async () => (await bottom(last.boundingBox())) <= (await bottom(log.boundingBox())))
    .toBe(true);
});

test("an instance that never ran has no log, and says so", async () => {
  await panel.create({ id: "boris", start: false });
  const visitor = await browser.visit(`${panel.url}/instances/boris/logs`);
  await see(visitor.page.getByText(visitor.t("noLog")));
});
