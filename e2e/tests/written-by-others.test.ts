import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backUp, backupRows, JOB_MS } from "../support/backup-list.ts";
import { bait, richBait, watchForScripts } from "../support/bait.ts";
import { TWO_VIEWS, useBrowser } from "../support/browser.ts";
import { uniqueId } from "../support/docker.ts";
import { editorOf, typeFirstLine } from "../support/editor.ts";
import { forThisTest } from "../support/for-this-test.ts";
import { press } from "../support/instance-list.ts";
import { logOf } from "../support/log-view.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { ADMIN } from "../support/session.ts";

const NAME = bait("bait-name");
const browser = useBrowser();
/** It goes at a scroll, and the pointer may have come by one. */
const seeTip = (page: Page, target: Locator, text: string) =>
  expect
    .poll(async () => {
      await page.mouse.move(0, 0);
      await target.hover();
      const tip = page.locator("div.fixed[aria-hidden=true]").getByText(text);
      return see(tip.first(), 2_000).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);

let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 50, heartbeatMs: 3_600_000 } });
  await panel.create({ id: "anna", name: NAME });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

describe.each(TWO_VIEWS)("$language $width $theme: what others wrote is only shown", (view) => {
  const visit = async (path: string) => {
    const visitor = await browser.visit(panel.url + path, view);
    return { ...visitor, visitor, watch: await watchForScripts(visitor.page) };
  };

  test("the name of an instance, wherever it stands", async () => {
    const { page, t, visitor, watch } = await visit("/instances");
    visitor.allowErrors(/409 \(Conflict\)/);
    await watch.literally(NAME, page.getByRole("row"));
    await press(visitor, "moreNamed", NAME);
    await see(page.getByRole("menuitem", { name: t("remove") }));
    await page.keyboard.press("Escape");
    await seeTip(page, page.getByRole("button", { name: t("stopNamed", { name: NAME }) }), NAME);
    await press(visitor, "stopNamed", NAME);
    const { port } = await panel.until("anna", "stopped");
    await panel.outside("addForeign", "other", port);
    await press(visitor, "startNamed", NAME);
    await watch.literally(t("startFailed", { name: NAME }));
    await panel.outside("removeForeign", "other");
    await panel.client.instances.start.mutate({ id: "anna" });
    await panel.until("anna", "running");
    await watch.nothingRan();
    for (const path of ["/", "/instances/anna", "/instances/anna/danger", "/logs?ids=anna"]) {
      await page.goto(panel.url + path);
      await watch.literally(NAME, page.locator("#main"));
      await watch.nothingRan();
    }
    await page.goto(`${panel.url}/instances/anna/danger`);
    await page.getByRole("button", { name: t("deleteInstanceAndData") }).click();
    await watch.literally(t("deleteTitle", { name: NAME }), page.getByRole("dialog"));
    await watch.nothingRan();
  });

  test("the log, with colours, JSON and HTML in it, and the last lines of what ended", async () => {
    const { page, t, visitor, watch } = await visit("/instances/anna/logs");
    const log = logOf(visitor, NAME);
    const line = richBait("bait-line");
    await panel.outside("write", "anna", "stdout", `\u001b[31m${line}\u001b[0m\u0007`);
    await panel.outside(
      "write",
      "anna",
      "stdout",
      JSON.stringify({ level: "warn", message: richBait("bait-json"), [line]: line }),
    );
    await panel.outside("write", "anna", "stderr", `\u001b]8;;javascript:__ran(7)\u0007${line}`);
    await watch.literally(line, log);
    await watch.literally(richBait("bait-json"), log);
    await log
      .getByRole("button", { name: t("logFields") })
      .last()
      .click();
    await see(log.getByText("__ran(6)").nth(3));
    await page.getByRole("searchbox", { name: t("searchLog") }).fill("<img src=bait-line");
    await see(log.locator("mark").first());
    await watch.nothingRan();
    await page.goto(`${panel.url}/instances/anna`);
    await panel.outside("killOutside", "anna", 137);
    const reason = page.getByRole("region", { name: t("whatHappened") });
    await watch.literally(line, reason);
    await watch.nothingRan();
    await panel.client.instances.start.mutate({ id: "anna" });
    await panel.until("anna", "running");
  });

  test("the configuration, what is wrong with it, and how it differs", async () => {
    const { page, t, visitor, watch } = await visit("/instances/anna/config");
    const text = richBait("bait-config");
    await typeFirstLine(visitor, NAME, `// ${text}`);
    await watch.literally(text, editorOf(visitor, NAME));
    await page.getByRole("button", { name: t("compare") }).click();
    await watch.literally(text, page.getByRole("dialog"));
    await page.keyboard.press("Escape");
    await typeFirstLine(visitor, NAME, text);
    await see(page.getByRole("list", { name: t("problems") }));
    await page.locator(".cm-lint-marker-error").first().hover();
    await see(page.locator(".cm-tooltip-lint"));
    await watch.nothingRan();
    await page.getByRole("button", { name: t("discard") }).click();
  });

  test("the name of a file that is uploaded, and the note and the instances of a backup", async () => {
    const { page, t, visitor, watch } = await visit("/backups");
    visitor.allowErrors(/400 \(Bad Request\)/);
    const note = richBait("bait-note");
    const id = await backUp(panel, ["anna"]);
    await panel.client.backups.update.mutate({ id, note });
    const row = backupRows(visitor).first();
    await watch.literally(note, row);
    await row.getByRole("button", { name: t("oneInstance") }).click();
    await watch.literally(NAME, row);
    const name = `${richBait("bait-file").replaceAll("/", "")}.tar`;
    const file = { name, mimeType: "application/x-tar", buffer: Buffer.from("no archive") };
    await page.getByLabel(t("uploadFile")).setInputFiles(file);
    await see(page.getByText(t("archiveInvalid")), JOB_MS);
    await watch.literally(name);
    await watch.nothingRan();
    await panel.client.backups.remove.mutate({ id });
  });

  test("the names of users, tokens and browsers, and who failed to sign in", async () => {
    const { client, url } = panel;
    const username = uniqueId("u");
    const displayName = bait(`bait-${username}`);
    await client.users.create.mutate({ username, displayName, role: "member" });
    await client.tokens.create.mutate({
      ...{ name: bait("bait-token"), scope: "read" },
      password: ADMIN.password,
    });
    const headers = { "content-type": "application/json", "user-agent": richBait("bait-agent") };
    const signingIn = (person: object) =>
      fetch(`${url}/trpc/auth.login`, { method: "POST", headers, body: JSON.stringify(person) });
    await signingIn({ username: bait("bait-guess"), password: "wrong" });
    await signingIn({ username: "admin", password: "seven lobsters in a bathtub" });

    const { page, t, watch } = await visit("/users");
    await watch.literally(displayName);
    await page.getByRole("button", { name: t("moreNamed", { name: displayName }) }).click();
    await page.getByRole("menuitem", { name: t("remove") }).click();
    await watch.literally(displayName, page.getByRole("dialog"));
    await watch.nothingRan();
    await page.goto(`${url}/account`);
    await watch.literally(bait("bait-token"));
    const agent = page.locator('[data-tip*="bait-agent"]').first();
    await seeTip(page, agent, richBait("bait-agent"));
    await watch.nothingRan();
    await page.goto(`${url}/audit`);
    await see(page.getByRole("row").nth(3));
    await watch.nothingRan();
  });
});

test("the error of a job, which says what somebody else's program said", async () => {
  const image = bait("bait-image");
  const poor = await forThisTest(Panel.start({ image, rig: { images: [] } }));
  const { page } = await browser.visit(`${poor.url}/jobs`);
  const watch = await watchForScripts(page);
  await watch.literally(image);
  await page.goto(`${poor.url}/system`);
  await watch.literally(image);
  await watch.nothingRan();
  const [job] = await poor.client.jobs.list.query();
  expect(job?.error?.message).toContain(image);
});
