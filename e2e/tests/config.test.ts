import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "../support/axe.ts";
import { TWO_VIEWS, useBrowser, VIEWS, type Visitor } from "../support/browser.ts";
import { editorOf, pasteAll, typeFirstLine } from "../support/editor.ts";
import { Panel } from "../support/panel.ts";
import { gone, see } from "../support/see.ts";

const NAME = "安娜";
const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: { startDelayMs: 100 } });
});
afterAll(() => panel?.[Symbol.asyncDispose]());
beforeEach(() => panel.create({ id: "anna", name: NAME }));
afterEach(() => panel.removeAll());

const address = () => `${panel.url}/instances/anna/config`;

/** The text in the editor, which draws only what is in sight: so it must be short. */
async function shownText(visitor: Visitor): Promise<string> {
  return (await editorOf(visitor, NAME).locator(".cm-line").allTextContents()).join("\n");
}

/** The text as it is shown: without its token. */
const masked = (text: string) => text.replace(/"[0-9a-f]{32}"/, "••••••••");

const SHORT = (port: number) => `{
  // 注释 stays
  gateway: {
    mode: "local",
    auth: { mode: "token", token: "0123456789abcdef0123456789abcdef" },
    controlUi: { allowedOrigins: ["http://127.0.0.1:${port}"] },
  },
  logging: { level: "info" },
}
`;

describe.each(VIEWS)("$language $width $theme", (view) => {
  test("a mistake is shown at its place as it is typed and cannot be saved; mended, Ctrl-S saves", async () => {
    const visitor = await browser.visit(address(), view);
    visitor.allowErrors(/400 \(Bad Request\)/);
    const { page, t } = visitor;
    const original = await panel.readConfig("anna");
    await typeFirstLine(visitor, NAME, "{{");
    const problems = page.getByRole("list", { name: t("problems") });
    await expect.poll(() => problems.textContent()).toMatch(/1.*2/);
    await see(page.getByText(t("unsaved")));

    await page.getByRole("button", { name: t("save") }).click();
    await see(page.getByRole("alert").getByText(t("configInvalid")));
    expect(await panel.readConfig("anna")).toBe(original);

    await editorOf(visitor, NAME).focus();
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await gone(problems);
    await typeFirstLine(visitor, NAME, "// 好的");
    await page.keyboard.press("ControlOrMeta+s");
    await see(page.getByText(t("savedHot")));
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(`// 好的\n${original}`);
  });

  test("a draft outlives a reload, and can be thrown away", async () => {
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    const original = await panel.readConfig("anna");
    page.on("dialog", (dialog) => dialog.accept()); // the browser's own question about leaving
    await typeFirstLine(visitor, NAME, "// 草稿");
    await see(page.getByText(t("unsaved")));
    await page.reload();
    await see(editorOf(visitor, NAME).getByText("// 草稿"));
    await see(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(original);

    await page.getByRole("button", { name: t("discard") }).click();
    await gone(editorOf(visitor, NAME).getByText("// 草稿"));
    await see(page.getByText(t("noChanges")));
    await page.reload();
    await see(editorOf(visitor, NAME));
    await gone(editorOf(visitor, NAME).getByText("// 草稿"));
  });

  test("an edit that somebody else saved meanwhile is never lost: theirs or mine is chosen", async () => {
    const { port } = await panel.client.instances.get.query({ id: "anna" });
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    visitor.allowErrors(/409 \(Conflict\)/);
    await typeFirstLine(visitor, NAME, "// mine");
    const theirs = `// theirs\n${SHORT(port)}`;
    await panel.editConfig("anna", () => theirs);
    await page.getByRole("button", { name: t("save") }).click();
    const conflict = page.getByRole("alert").filter({ hasText: t("conflict") });
    await see(conflict);
    expect(await panel.readConfig("anna")).toBe(theirs);
    await see(editorOf(visitor, NAME).getByText("// mine"));

    await conflict.getByRole("button", { name: t("takeTheirs") }).click();
    await gone(conflict);
    await expect.poll(() => shownText(visitor)).toBe(masked(theirs));
    await see(page.getByText(t("noChanges")));

    await typeFirstLine(visitor, NAME, "// mine again");
    await panel.editConfig("anna", (text) => `// theirs again\n${text}`);
    await page.getByRole("button", { name: t("save") }).click();
    await conflict.getByRole("button", { name: t("keepMine") }).click();
    await page.getByRole("button", { name: t("save") }).click();
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(`// mine again\n${theirs}`);
  });

  test("the token is hidden until a click, and saved as it is", async () => {
    const { port } = await panel.client.instances.get.query({ id: "anna" });
    await panel.editConfig("anna", () => SHORT(port));
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await typeFirstLine(visitor, NAME, "// mine");
    expect(await shownText(visitor)).toBe(masked(`// mine\n${SHORT(port)}`));
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: t("showSecret") }).click();
    expect(await shownText(visitor)).toBe(`// mine\n${SHORT(port)}`);
    await page.getByRole("button", { name: t("save") }).click();
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toBe(`// mine\n${SHORT(port)}`);
  });

  test("leaving with unsaved text asks first: stay keeps it, leave keeps a draft", async () => {
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await typeFirstLine(visitor, NAME, "// 草稿");
    await page.getByRole("tab", { name: t("logs") }).click();
    const question = page.getByRole("dialog", { name: t("leaveQuestion") });
    await question.getByRole("button", { name: t("stay") }).click();
    await gone(question);
    await see(editorOf(visitor, NAME).getByText("// 草稿"));

    await page.getByRole("tab", { name: t("logs") }).click();
    await question.getByRole("button", { name: t("leave") }).click();
    await see(page.getByRole("log"));
    await page.getByRole("tab", { name: t("config") }).click();
    await see(editorOf(visitor, NAME).getByText("// 草稿"));
  });
});

describe.each(TWO_VIEWS)("$language $width $theme", (view) => {
  test("the difference to the file is looked at before it is saved", async () => {
    const { port } = await panel.client.instances.get.query({ id: "anna" });
    await panel.editConfig("anna", () => SHORT(port));
    const visitor = await browser.visit(address(), view);
    const { page, t } = visitor;
    await pasteAll(visitor, NAME, SHORT(port).replace('level: "info"', 'level: "debug"'));
    await page.getByRole("button", { name: t("compare") }).click();
    const dialog = page.getByRole("dialog", { name: t("diffTitle") });
    const difference = dialog.getByRole("textbox", { name: t("diffOf", { name: NAME }) });
    await see(difference.getByText('level: "info"'));
    await see(difference.getByText('level: "debug"'));
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await panel.readConfig("anna")).toBe(SHORT(port));
    await dialog.getByRole("button", { name: t("save") }).click();
    await gone(dialog);
    await gone(page.getByText(t("unsaved")));
    expect(await panel.readConfig("anna")).toContain('level: "debug"');
  });

  test("what two changed is merged place by place, and formatted without losing comments", async () => {
    const { port } = await panel.client.instances.get.query({ id: "anna" });
    await panel.editConfig("anna", () => SHORT(port));
    const visitor = await browser.visit(address(), view);
    visitor.allowErrors(/409 \(Conflict\)/);
    const { page, t } = visitor;
    await pasteAll(visitor, NAME, SHORT(port).replace('level: "info"', 'level:      "debug"'));
    await panel.editConfig("anna", (text) => `// theirs\n${text}`);
    await page.getByRole("button", { name: t("save") }).click();
    const conflict = page.getByRole("alert").filter({ hasText: t("conflict") });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page
      .getByRole("button", { name: t("theirsHere") })
      .first()
      .click();
    await conflict.getByRole("button", { name: t("useMerged") }).click();
    await gone(conflict);
    await page.getByRole("button", { name: t("format") }).click();
    await see(page.getByText(t("formatted")));
    await page.getByRole("button", { name: t("save") }).click();
    await gone(page.getByText(t("unsaved")));
    const saved = await panel.readConfig("anna");
    for (const part of ["// theirs", "// 注释 stays", 'level: "debug"'])
      expect(saved).toContain(part);
  });
});

test("what a change needs is said: nothing, a restart with its button, or the next start", async () => {
  const { port } = await panel.client.instances.get.query({ id: "anna" });
  await panel.editConfig("anna", () => SHORT(port));
  const visitor = await browser.visit(address());
  const { page, t } = visitor;
  await pasteAll(
    visitor,
    NAME,
    SHORT(port).replace('mode: "local",', 'mode: "local", bind: "lan",'),
  );
  await page.keyboard.press("ControlOrMeta+s");
  await see(page.getByText(t("savedRestart")));
  const { startedAt } = await panel.client.instances.get.query({ id: "anna" });
  await page.getByRole("button", { name: t("restartNow") }).click();
  await panel.untilRestarted("anna", startedAt);

  await panel.client.instances.stop.mutate({ id: "anna" });
  await see(page.getByText(t("stopped"), { exact: true }).first());
  await pasteAll(visitor, NAME, SHORT(port));
  await page.keyboard.press("ControlOrMeta+s");
  await see(page.getByText(t("savedNextStart")));
});

test("a file that is not valid JSON5 can be opened and mended here", async () => {
  const original = await panel.readConfig("anna");
  await panel.editConfig("anna", (text) => text.replace(/}\s*$/, ""));
  const visitor = await browser.visit(address(), VIEWS[1]);
  const { page, t } = visitor;
  const problems = page.getByRole("list", { name: t("problems") });
  await see(problems.getByText(t("endsTooEarly")));
  await problems.getByRole("button").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("}\n");
  await gone(problems);
  await page.keyboard.press("ControlOrMeta+s");
  await see(page.getByText(t("savedHot")).or(page.getByText(t("savedRestart"))));
  expect(await panel.readConfig("anna")).toBe(original);
});
