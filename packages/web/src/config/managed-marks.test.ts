import { identityHeader } from "@claw/core/gateway-access";
import { managedKeys } from "@claw/core/managed-keys";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { managedMarks, markManaged } from "./managed-marks.ts";

const TEXT = `{
  // gateway.mode
  gateway: { mode: "local", "bind": "lan", reload: { mode: "off" }, auth: { mode: "token" } },
  logging: { level: "info", file: "/tmp/x" },
}
`;
const BY_TOKEN = managedKeys({ trusted: null, origins: [] });
const THROUGH = managedKeys({
  trusted: { header: identityHeader("0"), peer: "10.213.0.1" },
  origins: [],
});

let view: EditorView | undefined;
afterEach(() => view?.destroy());

/** The keys behind the marks, and what these say. */
function marked(managed = BY_TOKEN, doc = TEXT) {
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({ doc, extensions: [managedMarks()] }),
  });
  markManaged(view, managed);
  return marksOf(view);
}

function marksOf(shown: EditorView) {
  return [...shown.contentDOM.querySelectorAll(".cm-managed")].map((mark) => {
    const key = /^[\w"\\]+/.exec(shown.state.sliceDoc(shown.posAtDOM(mark)))?.[0];
    return [key, mark.getAttribute("aria-label")];
  });
}

test("the panel's keys are marked, and those of the same name elsewhere are not", () => {
  expect(marked()).toEqual([
    ["mode", expect.stringContaining("the gateway has to listen")],
    ['"bind"', expect.stringContaining("the gateway has to listen")],
    ["file", expect.stringContaining("log file")],
  ]);
  expect(view?.state.doc.toString()).toBe(TEXT);
});

test("the way in is the panel's where people come in through it", () => {
  expect(marked(THROUGH).map(([key]) => key)).toEqual(["mode", '"bind"', "auth", "file"]);
});

test("a key is marked also where it is written with an escape", () => {
  const [[key] = []] = marked(BY_TOKEN, String.raw`{ gateway: { "mo\u0064e": "local" } }`);
  expect(key).toBe(String.raw`"mo\u0064e"`);
});

test("marks stay at their keys while the text is typed and its syntax is broken", () => {
  marked();
  view?.dispatch({ changes: { from: 2, insert: 'logging: { file: "' } });
  expect(view && marksOf(view).map(([key]) => key)).toEqual(["mode", '"bind"', "file"]);
});

test("a key that is deleted takes its mark along", () => {
  marked(BY_TOKEN, '{ gateway: { mode: "local" } }');
  view?.dispatch({ changes: { from: 12, to: 26 } });
  expect(view && marksOf(view)).toEqual([]);
});
