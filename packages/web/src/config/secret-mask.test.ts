import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { json5 } from "codemirror-json5";
import { afterEach, expect, test } from "vitest";
import { secretMask } from "./secret-mask.ts";

const TEXT = `{
  // 注释
  gateway: { mode: "local", auth: { token: "tok-1" } },
  channels: { telegram: { accounts: { a: { botToken: 'bot-1' }, b: { botToken: "bot-2" } } } },
}
`;

let view: EditorView | undefined;
afterEach(() => view?.destroy());

function open(doc = TEXT): EditorView {
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({ doc, extensions: [json5(), secretMask()] }),
  });
  return view;
}

const shown = ({ contentDOM }: EditorView) => contentDOM.textContent ?? "";
const masks = ({ contentDOM }: EditorView) => [
  ...contentDOM.querySelectorAll<HTMLButtonElement>("button"),
];

test("secrets are hidden, everything else is shown, and the text is what it was", () => {
  const editor = open();
  expect(shown(editor)).not.toMatch(/tok-1|bot-/);
  expect(shown(editor)).toContain('mode: "local"');
  expect(masks(editor)).toHaveLength(3);
  expect(editor.state.doc.toString()).toBe(TEXT);
});

test("a click shows one of them, also after text before it changed", () => {
  const editor = open();
  masks(editor)[1]?.click();
  expect(shown(editor)).toContain("'bot-1'");
  expect(shown(editor)).not.toMatch(/tok-1|bot-2/);
  editor.dispatch({ changes: { from: 1, insert: "\n  a: 1," } });
  expect(shown(editor)).toContain("'bot-1'");
  expect(editor.state.doc.toString()).toBe(TEXT.replace("{", "{\n  a: 1,"));
});

test("another text that is put in its place is hidden again", () => {
  const editor = open();
  masks(editor)[0]?.click();
  expect(shown(editor)).toContain("tok-1");
  const insert = TEXT.replace("tok-1", "tok-2");
  editor.dispatch({ changes: { from: 0, to: TEXT.length, insert } });
  expect(shown(editor)).not.toContain("tok-");
});

test("what is typed is shown until the caret leaves it", () => {
  const text = '{ channels: { telegram: { botToken: "" } } }';
  const editor = open(text);
  const at = text.indexOf('""') + 1;
  editor.dispatch({
    changes: { from: at, insert: "bot-3" },
    selection: { anchor: at + 5 },
    userEvent: "input.type",
  });
  expect(shown(editor)).toContain("bot-3");
  editor.dispatch({ selection: { anchor: 0 } });
  expect(shown(editor)).not.toContain("bot-3");
  editor.dispatch({ selection: { anchor: at + 2 } });
  expect(shown(editor)).not.toContain("bot-3");
});

test("a secret over several lines is hidden to its end", () => {
  const editor = open(
    '{ channels: { googlechat: { serviceAccount: "one\\\ntwo\\\nthree" }, b: 1 } }',
  );
  expect(shown(editor)).not.toMatch(/one|two|three/);
  expect(shown(editor)).toContain("b: 1");
});

test("the caret does not enter what is hidden", () => {
  const editor = open();
  const at = TEXT.indexOf('"tok-1"');
  editor.dispatch({ selection: { anchor: at } });
  const next = editor.moveByChar(editor.state.selection.main, true);
  expect(next.head).toBe(at + '"tok-1"'.length);
});

test.each([
  ["an empty text", '{ gateway: { auth: { token: "" } } }'],
  ["a reference to a secret", '{ token: { source: "env", id: "TOKEN" } }'],
  ["nothing at all", ""],
])("%s is shown as it is", (_, text) => {
  const editor = open(text);
  expect(masks(editor)).toHaveLength(0);
});

test.each([
  ["what is not finished", '{ gateway: { auth: { token: "tok'],
  ["one below a name that is none", '{ "\\x": { token: "tok" } }'],
  ["one with an escape", '{ token: "tok\\u003d" }'],
  ["an item of a list", '{ apiKeys: ["tok"] }'],
  ["one in a comment", '{ // token: "tok"\n }'],
  ["one in an address", '{ url: "https://anna:tok@h.example" }'],
])("%s is hidden", (_, text) => {
  const editor = open(text);
  expect(shown(editor)).not.toContain('tok"');
  expect(masks(editor)).toHaveLength(1);
});

test.each([
  ["a quote", '"local"', '"local'],
  ["a bracket", "auth: {", "auth: {}"],
  ["the name", "{ token:", "{"],
])("secrets stay hidden while %s is missing or too much", (_, right, wrong) => {
  const editor = open();
  const from = TEXT.indexOf(right);
  const type = (before: string, insert: string) =>
    editor.dispatch({
      changes: { from, to: from + before.length, insert },
      selection: { anchor: from },
      userEvent: "input.type",
    });
  type(right, wrong);
  expect(shown(editor)).not.toMatch(/tok-1|bot-/);
  type(wrong, right);
  expect(shown(editor)).not.toMatch(/tok-1|bot-/);
  expect(editor.state.doc.toString()).toBe(TEXT);
});
