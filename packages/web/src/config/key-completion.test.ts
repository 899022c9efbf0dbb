import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { json5 } from "codemirror-json5";
import { afterEach, describe, expect, test } from "vitest";
import { completeKeys } from "./key-completion.ts";
import { guide, setGuide } from "./key-guide.ts";

const policy = { enum: ["pairing", "open"], default: "pairing" };
const schema = prepareSchema({
  properties: {
    gateway: {
      type: "object",
      properties: {
        mode: { anyOf: [{ const: "local" }, { const: "remote" }], title: "Gateway Mode" },
        port: { type: "integer" },
        origins: { type: "array", items: { type: "string" } },
        auth: { type: "object", properties: { token: { type: "string" } } },
      },
      required: ["port"],
    },
    plugins: { properties: { "admin-http-rpc": { properties: { enabled: { type: "boolean" } } } } },
    telegram: { properties: { dmPolicy: policy } },
  },
});

let view: EditorView | undefined;
afterEach(() => view?.destroy());

/** An editor with the caret at `|`. */
function open(marked: string): EditorView {
  const head = marked.indexOf("|");
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: marked.replace("|", ""),
      selection: { anchor: head },
      extensions: [json5(), guide],
    }),
  });
  view.dispatch({ effects: setGuide.of({ schema, managed: [] }) });
  return view;
}

function complete(editor: EditorView, explicit = true) {
  const { state } = editor;
  return completeKeys(new CompletionContext(state, state.selection.main.head, explicit));
}

const labels = (marked: string, explicit?: boolean) =>
  complete(open(marked), explicit)?.options.map(({ label }) => label) ?? null;

/** The text after a choice, with the caret as `|`. */
function choose(marked: string, label: string): string {
  const editor = open(marked);
  const result = complete(editor);
  const option = result?.options.find((each) => each.label === label);
  if (!result || !option) throw new Error(`${label} is not offered.`);
  const { from, to = editor.state.selection.main.head } = result;
  if (typeof option.apply === "function") option.apply(editor, option, from, to);
  else
    editor.dispatch({
      changes: { from, to, insert: option.apply ?? option.label },
      selection: { anchor: from + (option.apply ?? option.label).length },
    });
  const { doc, selection } = editor.state;
  return `${doc.sliceString(0, selection.main.head)}|${doc.sliceString(selection.main.head)}`;
}

describe("are offered", () => {
  test.each([
    ["the keys that OpenClaw knows", "{ ga| }", ["$schema", "gateway", "plugins", "telegram"]],
    ["in comments' company", "{ // gateway\n ga| }", ["$schema", "gateway", "plugins", "telegram"]],
    ["but those that are there", "{ gateway: { port: 1, | } }", ["mode", "origins", "auth"]],
    [
      "also those within quotation marks",
      "{ 'gateway': { \"po|\" } }",
      ['"mode"', '"port"', '"origins"', '"auth"'],
    ],
    ["the values of a key", "{ gateway: { mode: | } }", ['"local"', '"remote"']],
    ["in the same quotation marks", "{ gateway: { mode: 'lo|' } }", ["'local'", "'remote'"]],
    ["true and false", "{ plugins: { 'admin-http-rpc': { enabled: t| } } }", ["true", "false"]],
  ])("%s", (_, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test.each([
    "{ // ga|\n }",
    "{ gateway: { port: | } }",
    "{ gateway: { auth: { token: 'x|' } } }",
    "{ frobnicate: { a| } }",
    "{ gateway: 1 | }",
  ])("no keys and values: %s", (text) => {
    expect(labels(text)).toBeNull();
  });

  test("unasked only while something is typed", () => {
    expect(labels("{ | }", false)).toBeNull();
    expect(labels("{ g| }", false)).not.toBeNull();
    expect(labels("{ |gateway: {} }", false)).toBeNull();
    expect(labels('{ gateway: { mode: "| } }', false)).not.toBeNull();
    expect(labels('{ gateway: { mode: "local"| } }', false)).toBeNull();
  });

  test("none before the schema is there", () => {
    const editor = open("{ | }");
    editor.dispatch({ effects: setGuide.of({ schema: null, managed: [] }) });
    expect(complete(editor)).toBeNull();
  });

  test("those first that must be there; the standard value is said to be", () => {
    const options = complete(open("{ gateway: { | } }"))?.options ?? [];
    expect(options.find(({ label }) => label === "port")).toMatchObject({
      ...{ detail: "required", boost: 1 },
    });
    expect(complete(open("{ telegram: { dmPolicy: | } }"))?.options).toMatchObject([
      { label: '"pairing"', detail: "default" },
      { label: '"open"', detail: "" },
    ]);
  });
});

describe("a choice", () => {
  test.each([
    ["{ ga| }", "gateway", "{ gateway: { | } }"],
    ["{ gateway: { or| } }", "origins", "{ gateway: { origins: [|] } }"],
    ["{ gateway: { po| } }", "port", "{ gateway: { port: | } }"],
    ["{ gateway: { auth: { | } } }", "token", '{ gateway: { auth: { token: "|" } } }'],
    // A comma where something follows, and none where there is one.
    ["{ gateway: { mo|\n port: 1 } }", "mode", "{ gateway: { mode: |,\n port: 1 } }"],
    ["{ gateway: { mode: | port: 1 } }", '"local"', '{ gateway: { mode: "local",| port: 1 } }'],
    ["{ gateway: { mode: |, port: 1 } }", '"local"', '{ gateway: { mode: "local"|, port: 1 } }'],
    // A key that has a value keeps it.
    ["{ gat|: { port: 1 } }", "gateway", "{ gateway|: { port: 1 } }"],
    // In quotation marks where they are needed, or the others have them.
    ["{ plugins: { ad| } }", "admin-http-rpc", '{ plugins: { "admin-http-rpc": | } }'],
    ['{ "plugins": {}, ga| }', "gateway", '{ "plugins": {}, "gateway": { | } }'],
    ["{ 'ga|' }", "'gateway'", "{ 'gateway': { | } }"],
    // What is not closed does not take along what follows.
    ["{ gateway: { mode: 'lo| } }", "'local'", "{ gateway: { mode: 'local'| } }"],
    // A whole value is replaced.
    ["{ gateway: { mode: |'remote' } }", "'local'", "{ gateway: { mode: 'local'| } }"],
  ])("%s, %s: %s", (text, label, after) => {
    expect(choose(text, label)).toBe(after);
  });
});

test("what a key is for is shown beside it", async () => {
  const option = complete(open("{ gateway: { | } }"))?.options.find(
    ({ label }) => label === "mode",
  );
  if (typeof option?.info !== "function") throw new Error("There is nothing to show.");
  const info = await option.info(option);
  const dom = info && "dom" in info ? info.dom : info;
  expect(dom?.textContent).toContain("Gateway Mode");
  expect(dom?.textContent).toContain('"local"');
});
