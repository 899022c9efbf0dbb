import { managedKeys } from "@claw/core/managed-keys";
import { startCompletion } from "@codemirror/autocomplete";
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { describe, expect, test } from "vitest";
import { type FakeApi, panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

async function open(
  answers: Record<string, (input: never) => unknown> = {},
  instance = anInstance(),
) {
  const view = renderApp({
    path: "/instances/zhangsan/config",
    instances: [instance],
    answers: {
      "instances.readConfig": () => ({ text: "{\n  a: 1,\n}\n", revision: "r1" }),
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
  const type = (insert: string) =>
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } });
  return { ...view, box, editor, type };
}

/** Inputs of the saves so far. */
const savedBy = ({ calls }: FakeApi) =>
  calls.filter(({ path }) => path === "instances.saveConfig").map(({ input }) => input);

test("Ctrl-S saves, and what it took is said", async () => {
  const { fake, box, type } = await open({
    "instances.saveConfig": () => ({ revision: "r2", effect: "restart" }),
    "instances.restart": () => anInstance(),
  });
  expect(screen.getByText("No unsaved changes")).toBeTruthy();
  type("{b: 2}");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  fireEvent.keyDown(box, { key: "s", code: "KeyS", ctrlKey: true });
  expect(await screen.findByText("Saved; takes effect after a restart")).toBeTruthy();
  expect(savedBy(fake)).toEqual([
    { id: "zhangsan", text: "{b: 2}", revision: "r1", source: "editor" },
  ]);
  fireEvent.click(screen.getByRole("button", { name: "Restart now" }));
  await expect.poll(() => fake.calls.map(({ path }) => path)).toContain("instances.restart");
});

test("marks a mistake where it is, in the reader's words, and goes there", async () => {
  const { editor, type } = await open();
  type("{\n  a: 1\n  b: 2\n}");
  const problems = await screen.findByRole("list", { name: "Problems" });
  const problem = within(problems).getByRole("button", { name: /3:3.*Unexpected b/ });
  fireEvent.click(problem);
  expect(editor.state.selection.main.head).toBe(editor.state.doc.line(3).from + 2);
});

test("shows at its place what only the panel finds", async () => {
  const { type } = await open({
    "instances.saveConfig": () => {
      throw panelError("CONFIG_INVALID", "The configuration is refused.", [
        { line: 1, column: 2, path: "gateway", message: "Unrecognized key." },
      ]);
    },
  });
  type("{gateway: {}}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(
    await screen.findByRole("button", { name: /1:2.*gateway: Unrecognized key/ }),
  ).toBeTruthy();
  expect(screen.getByText("The configuration is not valid JSON5.")).toBeTruthy();
  expect(screen.queryByText("The configuration is refused.")).toBeNull();
});

const UNKNOWN_KEY = {
  ...{ line: 1, column: 14, path: "gateway", source: "schema" },
  message: "Unrecognized key: frobnicate",
};

test("marks while one types what OpenClaw would not start with, until it is mended", async () => {
  const { fake, editor, box, type } = await open({
    "instances.validateConfig": ({ text }: { text: string }) =>
      text.includes("frobnicate")
        ? { valid: false, issues: [UNKNOWN_KEY] }
        : { valid: true, issues: [] },
  });
  type("{ gateway: { frobnicate: 1 } }");
  const problem = await screen.findByRole("button", {
    name: /1:14.*gateway: Unrecognized key: frobnicate/,
  });
  await expect.poll(() => box.querySelector(".cm-lintRange-error")?.textContent).toBe("f");
  fireEvent.click(problem);
  expect(editor.state.selection.main.head).toBe(13);
  expect(savedBy(fake)).toEqual([]);
  type("{ gateway: { } }");
  await expect.poll(() => screen.queryByRole("list", { name: "Problems" })).toBeNull();
});

test("a mistake in the syntax needs no panel, and gives way to what the panel says", async () => {
  const answer = Promise.withResolvers<object>();
  const { fake, type } = await open({ "instances.validateConfig": () => answer.promise });
  type("{ gateway: }");
  expect(await screen.findByRole("button", { name: /1:12.*Unexpected/ })).toBeTruthy();
  type("{ gateway: { frobnicate: 1 } }");
  await expect.poll(() => screen.queryByRole("list", { name: "Problems" })).toBeNull();
  answer.resolve({ valid: false, issues: [UNKNOWN_KEY] });
  expect(await screen.findByRole("button", { name: /frobnicate/ })).toBeTruthy();
  const asked = fake.calls.filter(({ path }) => path === "instances.validateConfig");
  expect(asked.map(({ input }) => input)).not.toContainEqual(
    expect.objectContaining({ text: "{ gateway: }" }),
  );
});

test("a save that OpenClaw would not start with is refused in those words", async () => {
  const { type } = await open({
    "instances.saveConfig": () => {
      throw panelError("CONFIG_INVALID", "OpenClaw would not start.", [UNKNOWN_KEY]);
    },
  });
  type("{ gateway: { frobnicate: 1 } }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("OpenClaw would not start with this configuration.")).toBeTruthy();
  expect(await screen.findByRole("button", { name: /1:14.*frobnicate/ })).toBeTruthy();
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
});

test("an answer that does not come changes nothing", async () => {
  const { fake, type } = await open({
    "instances.validateConfig": () => {
      throw panelError("ENGINE_SLOW", "Docker is slow.");
    },
    "instances.saveConfig": () => ({ revision: "r2", effect: "hot" }),
  });
  type("{ b: 2 }");
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("instances.validateConfig");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
});

test("while the image is asked for its schema, a save says so", async () => {
  const asked = Promise.withResolvers<object>();
  const saved = Promise.withResolvers<object>();
  const { type } = await open({
    "instances.prepareChecks": () => asked.promise,
    "instances.saveConfig": () => saved.promise,
  });
  expect(screen.getByText("No unsaved changes")).toBeTruthy();
  type("{ b: 2 }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText(/Asking the image for its schema/)).toBeTruthy();
  asked.resolve({ hindrance: null, schema: null });
  await expect.poll(() => screen.queryByText(/Asking the image/)).toBeNull();
  saved.resolve({ revision: "r2", effect: "hot" });
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
});

test("a save of a stopped instance waits for the image, and says so where it has no word", async () => {
  const saved = Promise.withResolvers<object>();
  const { type } = await open(
    { "instances.saveConfig": () => saved.promise },
    anInstance({ status: "stopped" }),
  );
  type("{ b: 2 }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText(/^Saved once OpenClaw's image accepts it/)).toBeTruthy();
  const unjudged = { reason: "COMMAND_FAILED", message: "It did not end within 20 seconds." };
  saved.resolve({ revision: "r2", effect: "next-start", unjudged });
  expect(await screen.findByText(/^Only its schema was checked;.*within 20 seconds/)).toBeTruthy();
  expect(screen.queryByText(/^Saved once/)).toBeNull();
});

test("a save of a running instance asks no image", async () => {
  const saved = Promise.withResolvers<object>();
  const { type } = await open({ "instances.saveConfig": () => saved.promise });
  type("{ b: 2 }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await expect
    .poll(() => screen.getByRole("button", { name: /^Save/ }).getAttribute("aria-busy"))
    .toBe("true");
  expect(screen.queryByText(/^Saved once/)).toBeNull();
  saved.resolve({ revision: "r2", effect: "hot", unjudged: null });
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
});

test("says that only the syntax is checked, and why, until that is otherwise", async () => {
  const none = { reason: "COMMAND_FAILED", message: "The image prints no schema." };
  let hindrance: typeof none | null = none;
  const { type } = await open({
    "instances.prepareChecks": () => ({ hindrance }),
    "instances.saveConfig": () => ({ revision: "r2", effect: "hot" }),
  });
  expect(await screen.findByText(/^Only the syntax is checked/)).toBeTruthy();
  expect(screen.getByText(/The image prints no schema/)).toBeTruthy();
  hindrance = null;
  type("{ b: 2 }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await expect.poll(() => screen.queryByText(/^Only the syntax is/)).toBeNull();
});

test.each([
  ["has the refused text still: it can be saved again", "{ b: 2 }", null],
  ["has another text: the two are compared", "{ theirs: 3 }", "Keep mine"],
])("a refused save after which the file %s", async (_, now, button) => {
  let text = "{ a: 1 }";
  const { fake, type } = await open({
    "instances.readConfig": () => ({ text, revision: text === "{ a: 1 }" ? "r1" : "r3" }),
    "instances.saveConfig": () => {
      text = now;
      return { revision: "r3", effect: "refused" };
    },
  });
  type("{ b: 2 }");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  if (button !== null) return void (await screen.findByRole("button", { name: button }));
  expect(await screen.findByText("No unsaved changes")).toBeTruthy();
  type("{ c: 3 }");
  const again = screen.getByRole("button", { name: /^Save/ });
  await expect.poll(() => again.getAttribute("aria-busy")).toBeNull();
  fireEvent.click(again);
  await expect.poll(() => savedBy(fake).at(-1)).toMatchObject({ text: "{ c: 3 }", revision: "r3" });
});

/** A panel on which another user saved in the meantime. */
async function meetTheirs() {
  let current = { text: "{\n  a: 1,\n  z: 9,\n}\n", revision: "r1" };
  const view = await open({
    "instances.readConfig": () => current,
    "instances.saveConfig": (input: { revision: string }) => {
      if (input.revision !== current.revision) throw panelError("REVISION_MISMATCH", "changed");
      return { revision: "r3", effect: "hot" };
    },
  });
  current = { text: "{\n  a: 2,\n  z: 9,\n}\n", revision: "r2" };
  view.type("{\n  a: 3,\n  z: 9,\n}\n");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await screen.findByText("The configuration has changed in the meantime");
  return { ...view, theirs: current.text };
}

test("a concurrent edit shows both, and theirs can be taken and mine brought back", async () => {
  const { box, editor, theirs } = await meetTheirs();
  expect(screen.getByText("1 difference")).toBeTruthy();
  expect(box.querySelector(".cm-deletedLine")?.textContent).toContain("a: 2");
  expect(editor.state.doc.toString()).toContain("a: 3");
  fireEvent.click(screen.getByRole("button", { name: "Take theirs, discard mine" }));
  expect(editor.state.doc.toString()).toBe(theirs);
  expect(box.querySelector(".cm-deletedLine")).toBeNull();
  fireEvent.click(await screen.findByRole("button", { name: "Restore my text" }));
  expect(editor.state.doc.toString()).toContain("a: 3");
});

test("mine can be kept, and is saved over theirs with the new revision", async () => {
  const { fake } = await meetTheirs();
  fireEvent.click(screen.getByRole("button", { name: "Keep mine" }));
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
  expect(savedBy(fake).at(-1)).toMatchObject({ revision: "r2", text: expect.any(String) });
});

test("a concurrent edit can be merged place by place", async () => {
  const { editor, theirs } = await meetTheirs();
  fireEvent.click(screen.getByRole("button", { name: "Use theirs here" }));
  expect(editor.state.doc.toString()).toBe(theirs);
  expect(screen.getByText("No differences left")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Use the merged text" }));
  expect(await screen.findByText("No unsaved changes")).toBeTruthy();
});

test("counts the changes and shows them before they are saved", async () => {
  const { fake, type } = await open({
    "instances.saveConfig": () => ({ revision: "r2", effect: "hot" }),
  });
  type("{\n  a: 2,\n}\n// more\n");
  expect(await screen.findByText("2 changes")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "View changes" }));
  const dialog = await screen.findByRole("dialog", { name: "What will be saved" });
  const text = await within(dialog).findByRole("textbox", { name: "Changes of 张三" });
  expect(text.querySelector(".cm-deletedLine")?.textContent).toContain("a: 1");
  fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(savedBy(fake)).toHaveLength(1);
});

test("looking at the changes finds what somebody else saved", async () => {
  let current = { text: "{}", revision: "r1" };
  const { type } = await open({ "instances.readConfig": () => current });
  current = { text: "{theirs: 1}", revision: "r2" };
  type("{mine: 1}");
  fireEvent.click(screen.getByRole("button", { name: "View changes" }));
  expect(await screen.findByText("The configuration has changed in the meantime")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what is thrown away can be brought back", async () => {
  const { editor, type } = await open();
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(editor.state.doc.toString()).toBe("{\n  a: 1,\n}\n");
  fireEvent.click(await screen.findByRole("button", { name: "Restore my text" }));
  expect(editor.state.doc.toString()).toBe("{b: 2}");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
});

test("what was thrown away is not offered any more once something newer is written", async () => {
  const { editor, type } = await open();
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: "Discard" }));
  await screen.findByRole("button", { name: "Restore my text" });
  type("{newer: 3}");
  await expect.poll(() => screen.queryByRole("button", { name: "Restore my text" })).toBeNull();
  expect(editor.state.doc.toString()).toBe("{newer: 3}");
});

test("formats by the button and by Shift-Alt-F, keeping comments, and can be undone", async () => {
  const { box, editor, type } = await open();
  type("{ // one\n'a':1,b:[ 2 ]}");
  fireEvent.click(screen.getByRole("button", { name: "Format" }));
  await expect
    .poll(() => editor.state.doc.toString(), { timeout: 10_000 })
    .toBe('{\n  // one\n  "a": 1,\n  b: [2],\n}\n');
  undo(editor);
  expect(editor.state.doc.toString()).toBe("{ // one\n'a':1,b:[ 2 ]}");
  fireEvent.keyDown(box, { key: "F", code: "KeyF", keyCode: 70, shiftKey: true, altKey: true });
  await expect.poll(() => editor.state.doc.toString()).toContain("b: [2],");
});

test("does not format a text with a mistake, and goes to its place", async () => {
  const { editor, type } = await open();
  type("{\n  a: 1\n  b: 2\n}");
  fireEvent.click(screen.getByRole("button", { name: "Format" }));
  expect(await screen.findByText("Cannot format: error at 3:3")).toBeTruthy();
  expect(editor.state.doc.toString()).toBe("{\n  a: 1\n  b: 2\n}");
  expect(editor.state.selection.main.head).toBe(editor.state.doc.line(3).from + 2);
});

test("finding and replacing has a button", async () => {
  await open();
  fireEvent.click(screen.getByRole("button", { name: "Find and replace" }));
  expect(await screen.findByRole("textbox", { name: "Find" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Replace all" })).toBeTruthy();
});

test("follows a saved change until the instance runs with it", async () => {
  const { fake, type } = await open({
    "instances.saveConfig": () => ({ revision: "r2", effect: "restart" }),
  });
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText(/^OpenClaw restarts itself/)).toBeTruthy();
  const push = (patch: Parameters<typeof anInstance>[0]) =>
    fake.push("instances.watch", { type: "changed", instance: anInstance(patch) });
  push({ status: "stopped", startedAt: null });
  expect(screen.getByText("Saved; takes effect at the next start")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Start now" })).toBeTruthy();
  push({ status: "starting", startedAt: null });
  expect(screen.getByText("Saved; the instance is starting")).toBeTruthy();
  push({ status: "running", startedAt: "2026-11-22T09:00:00.000Z" });
  expect(screen.getByText("The new configuration is in effect")).toBeTruthy();
});

test("asks before unsaved text is left", async () => {
  const { type } = await open();
  type("{b: 2}");
  fireEvent.click(screen.getByRole("tab", { name: "Overview" }));
  const dialog = await screen.findByRole("dialog", { name: "Unsaved changes" });
  expect(window.location.pathname).toBe("/instances/zhangsan/config");
  fireEvent.click(within(dialog).getByRole("button", { name: "Leave" }));
  await expect.poll(() => window.location.pathname).toBe("/instances/zhangsan");
});

test("a file that cannot be read says why, and can be read again", async () => {
  renderApp({
    path: "/instances/zhangsan/config",
    instances: [anInstance()],
    answers: {
      "instances.readConfig": () => {
        throw panelError("CONFIG_MISSING", "There is no openclaw.json.");
      },
    },
  });
  expect(await screen.findByText("This instance has no configuration file.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("a save that the gateway refuses says so, and the text stays", async () => {
  const { fake, editor, type } = await open({
    "instances.saveConfig": () => ({ revision: "r1", effect: "refused", warnings: [] }),
  });
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await expect.poll(() => savedBy(fake)).toHaveLength(1);
  const complaint = "config reload skipped (invalid config): allowFrom";
  const lost = { outcome: "skipped", complaint, text: "{b: 2}", isBack: true };
  fake.push("instances.watchConfig", { revision: "r2", outcome: "skipped", lost });
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(complaint)).toBeTruthy();
  expect(within(alert).getByText(/^The former configuration is back/)).toBeTruthy();
  expect(editor.state.doc.toString()).toBe("{b: 2}");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  expect(screen.queryByText(/^Saved/)).toBeNull();
});

test("what OpenClaw put back is never called saved: it says so, and the text can be had back", async () => {
  let file = { text: "{a: 1}", revision: "r1" };
  const { fake, type, editor } = await open({
    "instances.readConfig": () => file,
    "instances.saveConfig": () => ({ revision: "r2", effect: "hot", warnings: [] }),
  });
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Saved; takes effect immediately")).toBeTruthy();
  file = { text: "{a: 1}", revision: "r1" };
  const lost = { outcome: "replaced", complaint: "[config] gateway.mode lost", text: "{b: 2}" };
  fake.push("instances.watchConfig", { revision: "r2", outcome: "replaced", lost });
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("[config] gateway.mode lost")).toBeTruthy();
  expect(screen.queryByText(/^Saved/)).toBeNull();
  await expect.poll(() => editor.state.doc.toString()).toBe("{a: 1}");
  fireEvent.click(within(alert).getByRole("button", { name: "Restore my text" }));
  expect(editor.state.doc.toString()).toBe("{b: 2}");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
});

test("a bot that another instance has is told when the configuration is read and saved", async () => {
  const warning = { code: "CHANNEL_SHARED", channel: "telegram", instanceIds: ["lisi"] };
  const { type } = await open({
    "instances.readConfig": () => ({ text: "{}", revision: "r1", lost: null, warnings: [warning] }),
    "instances.saveConfig": () => ({ revision: "r2", effect: "hot", warnings: [] }),
  });
  expect(screen.getByText("The token of telegram is also used by: lisi")).toBeTruthy();
  type("{b: 2}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await expect.poll(() => screen.queryByText(/token of telegram/)).toBeNull();
});

describe("the panel's keys", () => {
  const openManaged = () =>
    open({
      "instances.managedKeys": () => managedKeys({ trusted: null, origins: [] }),
      "instances.readConfig": () => ({ text: '{ gateway: { mode: "local" } }', revision: "r1" }),
      "instances.saveConfig": () => ({ revision: "r2", effect: "hot" }),
    });

  test("are put right when the text is saved, as was said before", async () => {
    const { fake, editor, box, type } = await openManaged();
    await expect.poll(() => box.querySelectorAll(".cm-managed")).toHaveLength(1);
    type('{ /* a */ gateway: { mode: "remote", /* b */ port: 1 } }');
    const said =
      "The panel sets these keys, and saving puts them right: gateway.mode, gateway.port";
    expect(await screen.findByText(said)).toBeTruthy();
    await expect
      .poll(() =>
        [...box.querySelectorAll(".cm-lintRange-warning")].map((mark) => mark.textContent),
      )
      .toEqual(['"remote"', "1"]);
    fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
    const done = "The panel has put right: gateway.mode, gateway.port";
    expect(await screen.findByText(done)).toBeTruthy();
    const mended = '{ /* a */ gateway: { mode: "local", /* b */ port: 18789 } }';
    const saved = { id: "zhangsan", text: mended, revision: "r1", source: "editor" };
    expect(savedBy(fake)).toEqual([saved]);
    expect(editor.state.doc.toString()).toBe(mended);
    type("{b: 2}");
    expect(screen.queryByText(done)).toBeNull();
  });

  test("are put right by a press, which can be undone; what is left of the edit is saved", async () => {
    const { editor, type } = await openManaged();
    type('{ gateway: { mode: "remote" } }');
    fireEvent.click(await screen.findByRole("button", { name: "Put right now" }));
    await expect.poll(() => editor.state.doc.toString()).toBe('{ gateway: { mode: "local" } }');
    expect(screen.getByText("No unsaved changes")).toBeTruthy();
    undo(editor);
    expect(editor.state.doc.toString()).toBe('{ gateway: { mode: "remote" } }');
  });

  test("are right in what is shown before it is saved, which leaves the text as it is", async () => {
    const { editor, type } = await openManaged();
    type('{ gateway: { mode: "remote" }, logging: {} }');
    fireEvent.click(screen.getByRole("button", { name: "View changes" }));
    const diff = await screen.findByRole("textbox", { name: "Changes of 张三" });
    expect(diff.textContent).toContain('mode: "local" }, logging');
    expect(editor.state.doc.toString()).toBe('{ gateway: { mode: "remote" }, logging: {} }');
  });

  test("are said to be unknown when the panel cannot tell them", async () => {
    await open({
      "instances.managedKeys": () => {
        throw panelError("BUSY", "The disk does not answer.");
      },
    });
    expect(await screen.findByText(/Which keys the panel sets is not known/)).toBeTruthy();
  });

  test("keep no text from being refused for its syntax", async () => {
    const { fake, type } = await openManaged();
    type("{ gateway: ");
    fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await expect.poll(() => savedBy(fake)).toHaveLength(1);
  });
});

test("a schema that could not be read is read with the next check", async () => {
  let reads = 0;
  const { type } = await open({
    "instances.prepareChecks": () => ({ hindrance: null, schema: "k-lost" }),
    readSchema: () => {
      reads += 1;
      if (reads === 1) throw new TypeError("network error");
      return { properties: {} };
    },
  });
  await expect.poll(() => reads).toBe(1);
  type("{ b: 1 }");
  await expect.poll(() => reads, { timeout: 5_000 }).toBe(2);
});

test("the keys of the image's schema are offered, once the panel has it", async () => {
  const schema = { properties: { gateway: { type: "object", title: "The gateway" }, logging: {} } };
  const { editor, type } = await open({
    "instances.prepareChecks": () => ({ hindrance: null, schema: "k1" }),
    readSchema: (key: string) => (key === "k1" ? schema : null),
  });
  type("{ ga }");
  editor.dispatch({ selection: { anchor: 4 } });
  const options = () => [...document.querySelectorAll(".cm-tooltip-autocomplete li")];
  await expect
    .poll(() => {
      startCompletion(editor);
      return options().map(({ textContent }) => textContent);
    })
    .toEqual([expect.stringContaining("gateway")]);
});

test("a channel whose plugin the image lacks is marked while it is typed, and can be saved", async () => {
  const telegram = { type: "object", properties: {} };
  const schema = {
    properties: { plugins: { properties: { entries: { properties: { telegram } } } } },
  };
  const { fake, box, type } = await open({
    "instances.prepareChecks": () => ({ hindrance: null, schema: "k2" }),
    readSchema: () => schema,
  });
  type("{ channels: { telegram: {}, slack: {} } }");
  await expect
    .poll(() => [...box.querySelectorAll(".cm-lintRange-warning")].map((mark) => mark.textContent))
    .toEqual(["slack"]);
  expect(screen.queryByRole("list", { name: "Problems" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  await expect.poll(() => savedBy(fake)).toHaveLength(1);
});
