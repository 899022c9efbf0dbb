import { describeForms } from "@claw/core/config-forms/describe-forms";
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

/** Most lines end as on Windows, the last as elsewhere. */
const TEXT = `{\r
  // 注释\r
  agents: { defaults: { model: { primary: "a/b" } } },\r
  channels: {\r
    telegram: { botToken: "1:old" }, // Anna's\r
  },\r
}
`;
const text = { type: "string" };
const objectOf = (properties: object) => ({ type: "object", properties });
const FORMS = describeForms(
  objectOf({
    agents: objectOf({
      defaults: objectOf({ model: { anyOf: [text, objectOf({ primary: text })] } }),
      entries: { additionalProperties: objectOf({ identity: objectOf({ name: text }) }) },
    }),
    logging: objectOf({ level: { enum: ["info", "debug"] } }),
    channels: objectOf({
      telegram: objectOf({ enabled: { type: "boolean" }, botToken: text }),
      slack: objectOf({ enabled: { type: "boolean" }, botToken: text, appToken: text }),
      discord: objectOf({ enabled: { type: "boolean" }, token: text }),
    }),
    plugins: objectOf({ entries: objectOf({ telegram: {}, slack: {} }) }),
  }),
);
const NO_CHANNELS = { channels: [], hindrance: null, warnings: [] };

async function open(answers: Record<string, (input: never) => unknown> = {}) {
  const view = renderApp({
    path: "/instances/zhangsan/config",
    instances: [anInstance()],
    answers: {
      "instances.readConfig": () => ({ text: TEXT, revision: "r1" }),
      "instances.saveConfig": () => ({ revision: "r2", effect: "hot" }),
      "instances.configForms": () => ({ forms: FORMS, hindrance: null }),
      "instances.channels": () => NO_CHANNELS,
      ...answers,
    },
  });
  const box = await screen.findByRole(
    "textbox",
    { name: "Configuration of 张三" },
    { timeout: 10_000 },
  );
  const editor = EditorView.findFromDOM(box);
  if (!editor) throw new Error("There is no editor.");
  fireEvent.click(screen.getByRole("button", { name: "Form" }));
  const form = await screen.findByRole("region", { name: "Configuration form" });
  return { ...view, editor, form };
}

const savedBy = (calls: { path: string; input: unknown }[]) =>
  calls
    .filter(({ path }) => path === "instances.saveConfig")
    .map(({ input }) => (input as { text: string }).text);
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

test("a field changes its value in the text alone, line ends and all, and the save is that of the text", async () => {
  const { fake, form, editor } = await open();
  const model = await within(form).findByRole("textbox", { name: /^Default model/ });
  expect((model as HTMLInputElement).value).toBe("a/b");
  type(model, "a/c");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  expect(editor.state.doc.toString()).toBe(TEXT.replaceAll("\r\n", "\n").replace("a/b", "a/c"));
  fireEvent.keyDown(model, { key: "s", ctrlKey: true });
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
  expect(savedBy(fake.calls)).toEqual([TEXT.replace("a/b", "a/c")]);
});

test("a save says by what the text was made: the form alone, or the editor as well", async () => {
  const { fake, form, editor } = await open();
  const model = await within(form).findByRole("textbox", { name: /^Default model/ });
  const sources = () =>
    fake.calls
      .filter(({ path }) => path === "instances.saveConfig")
      .map(({ input }) => (input as { source: string }).source);
  const save = async (value: string, saves: number) => {
    type(model, value);
    fireEvent.keyDown(model, { key: "s", ctrlKey: true });
    await waitFor(() => expect(sources()).toHaveLength(saves));
    await screen.findByText("Saved; takes effect immediately");
  };
  await save("a/c", 1);
  editor.dispatch({ changes: { from: 0, insert: "// mine\n" } });
  await save("a/d", 2);
  await save("a/e", 3);
  expect(sources()).toEqual(["form", "editor", "form"]);
});

test("a secret is not shown; one that is typed takes its place, and an emptied field gives it back", async () => {
  const { editor, form } = await open();
  const token = (await within(form).findByLabelText("Bot token")) as HTMLInputElement;
  expect(token.type).toBe("password");
  expect(token.value).toBe("");
  expect(form.innerHTML).not.toContain("1:old");
  type(token, "2:new");
  expect(editor.state.doc.toString()).toContain('telegram: { botToken: "2:new" }, // Anna\'s');
  type(token, "");
  expect(editor.state.doc.toString()).toContain('telegram: { botToken: "1:old" }');
  fireEvent.click(within(form).getByRole("button", { name: "Remove Bot token" }));
  expect(editor.state.doc.toString()).not.toContain("botToken");
  expect(await within(form).findByText("Required")).toBeTruthy();
});

test("a saved secret is as hidden as any, and an emptied field never gives a former one back", async () => {
  const { editor, form } = await open();
  const token = (await within(form).findByLabelText("Bot token")) as HTMLInputElement;
  type(token, "2:new");
  fireEvent.keyDown(token, { key: "s", ctrlKey: true });
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
  expect(token.value).toBe("");
  expect(form.innerHTML).not.toContain("2:new");
  type(token, "3");
  type(token, "");
  expect(editor.state.doc.toString()).toContain('botToken: "2:new"');
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(editor.state.doc.toString()).toContain('botToken: "1:old"');
  expect(token.value).toBe("");
  type(token, "4");
  type(token, "");
  expect(editor.state.doc.toString()).toContain('botToken: "2:new"');
});

test("undo goes back over both, but not beyond the text that was read, and the caret stays in its field", async () => {
  const { editor, form } = await open();
  const name = await within(form).findByRole("textbox", { name: "Name" });
  name.focus();
  type(name, "A");
  type(name, "An");
  expect(document.activeElement).toBe(name);
  expect(editor.state.doc.toString()).toContain('"name":"An"');
  for (const _ of "An") fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect((name as HTMLInputElement).value).toBe("");
  expect(editor.state.doc.toString()).toBe(TEXT.replaceAll("\r\n", "\n"));
  for (const _ of "An") fireEvent.click(screen.getByRole("button", { name: "Redo" }));
  expect((name as HTMLInputElement).value).toBe("An");
  fireEvent.click(screen.getByRole("button", { name: "Text" }));
  for (const _ of "An") undo(editor);
  expect(screen.getByText("No unsaved changes")).toBeTruthy();
});

test("what the panel would refuse stands at its field", async () => {
  const issue = { line: 3, column: 34, path: "agents.defaults.model.primary", source: "schema" };
  const { form } = await open({
    "instances.validateConfig": () => ({
      valid: false,
      issues: [{ ...issue, message: "Invalid input: expected string, received number" }],
    }),
  });
  const model = await within(form).findByRole("textbox", { name: /^Default model/ });
  await expect.poll(() => model.getAttribute("aria-invalid"), { timeout: 5_000 }).toBe("true");
  expect(within(form).getByText("Expected string, found number")).toBeTruthy();
});

test("a channel says whether it is connected, and with which bot of another instance it clashes", async () => {
  const { fake, form } = await open({
    "instances.channels": () => ({
      channels: [
        {
          channel: "telegram",
          account: null,
          state: "failed",
          problem: "401: Unauthorized",
          message: "",
        },
      ],
      hindrance: null,
      warnings: [{ code: "CHANNEL_SHARED", channel: "telegram", instanceIds: ["lisi"] }],
    }),
  });
  const telegram = await within(form).findByRole("region", { name: "Telegram" });
  const status = await within(telegram).findByRole("status");
  await expect.poll(() => status.textContent).toContain("Not connected · 401: Unauthorized");
  expect(status.textContent).toContain("also used by: lisi");
  const lines = [...status.querySelectorAll("p")];
  const asked = () => fake.calls.filter(({ path }) => path === "instances.channels").length;
  const before = asked();
  fake.push("instances.watch", { type: "changed", instance: anInstance({ status: "stopping" }) });
  await expect.poll(asked).toBe(before + 1);
  await new Promise(requestAnimationFrame);
  expect([...status.querySelectorAll("p")]).toEqual(lines);
  for (const line of lines) expect(status.contains(line)).toBe(true);
});

test("a choice says what it is for, and what is wrong with it", async () => {
  const issue = { line: 1, column: 1, path: "logging.level", source: "schema" };
  const { form } = await open({
    "instances.validateConfig": () => ({
      valid: false,
      issues: [{ ...issue, message: "Invalid input: expected string, received number" }],
    }),
  });
  const level = await within(form).findByRole("button", { name: /Log level/ });
  const described = () =>
    (level.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
  expect(described()).toContain("logging.level");
  await expect.poll(() => level.getAttribute("aria-invalid"), { timeout: 5_000 }).toBe("true");
  expect(described()).toContain("Expected string, found number");
});

test("a channel of an instance that does not run says so", async () => {
  const { form } = await open({
    "instances.channels": () => ({
      ...{ channels: [], warnings: [] },
      hindrance: { reason: "INSTANCE_NOT_RUNNING", message: "It does not run (stopped)." },
    }),
  });
  expect(await within(form).findByText("The instance does not run")).toBeTruthy();
});

const telegramOf = (state: string) => ({
  ...{ channel: "telegram", account: null, problem: null, message: "" },
  state,
});

test.each([
  ["a channel that works without it", "{}", "connected", 0],
  ["one that its gateway does not find set up", "{}", "unconfigured", 1],
  ["one with accounts of its own", "{ accounts: { a: { botToken: '1' } } }", "unconfigured", 0],
])("whether a token is required: %s", async (_, telegram, state, count) => {
  const { form } = await open({
    "instances.readConfig": () => ({ text: `{ channels: { telegram: ${telegram} } }` }),
    "instances.channels": () => ({ ...NO_CHANNELS, channels: [telegramOf(state)] }),
  });
  const channel = await within(form).findByRole("region", { name: "Telegram" });
  const words = state === "connected" ? "Connected" : "Not set up completely";
  expect(await within(channel).findByText(words)).toBeTruthy();
  expect(within(channel).queryAllByText("Required")).toHaveLength(count);
});

test("a channel is set up where the image has it; where it has not, the form says why", async () => {
  const { editor, form } = await open();
  fireEvent.click(await within(form).findByRole("button", { name: "Set up Slack" }));
  const slack = within(form).getByRole("region", { name: "Slack" });
  type(within(slack).getByLabelText("App token"), "xapp-1");
  expect(within(slack).getByText("Required")).toBeTruthy();
  expect(editor.state.doc.toString()).toContain(
    'telegram: { botToken: "1:old" }, // Anna\'s\n    slack: {\n      appToken: "xapp-1",\n    },\n  },',
  );
  const missing = within(form).getByRole("region", { name: "Channels that this image lacks" });
  expect(missing.textContent).toContain("Discord: the image lacks the plugin @openclaw/discord");
  expect(missing.textContent).toContain("WeCom: the OpenClaw of this image does not know");
  expect(within(form).queryByRole("button", { name: "Set up Discord" })).toBeNull();
});

test("a channel whose only letter is taken back, or that is removed, leaves nothing of it", async () => {
  const { editor, form } = await open();
  fireEvent.click(await within(form).findByRole("button", { name: "Set up Slack" }));
  const token = within(form).getByLabelText("App token");
  type(token, "x");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  type(token, "");
  expect(screen.getByText("No unsaved changes")).toBeTruthy();
  expect(document.contains(token)).toBe(true);
  fireEvent.click(within(form).getByRole("button", { name: "Remove channel Slack" }));
  const setUp = within(form).getByRole("button", { name: "Set up Slack" });
  expect(document.activeElement).toBe(setUp);
  fireEvent.click(within(form).getByRole("button", { name: "Remove channel Telegram" }));
  expect(editor.state.doc.toString()).toContain("channels: {\n     // Anna's\n  },");
  expect(within(form).getByRole("button", { name: "Set up Telegram" })).toBeTruthy();
});

test("a text that cannot be read is mended in the text first", async () => {
  const { editor, form } = await open();
  await within(form).findByRole("textbox", { name: /^Default model/ });
  editor.dispatch({ changes: { from: 0, to: 1, insert: "[" } });
  expect(await within(form).findByText(/syntax error, so no form can read it/)).toBeTruthy();
});

test("without the schema of the image there is no form, and the reason is said", async () => {
  const { form } = await open({
    "instances.configForms": () => ({
      forms: [],
      hindrance: { reason: "IMAGE_MISSING", message: "The image x is not on this host." },
    }),
  });
  expect(await within(form).findByText(/No form: the panel cannot tell/)).toBeTruthy();
});
