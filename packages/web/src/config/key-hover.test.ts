import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import { managedKeys } from "@claw/core/managed-keys";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { json5 } from "codemirror-json5";
import { afterEach, describe, expect, test } from "vitest";
import { guide, setGuide } from "./key-guide.ts";
import { keyHover, toggleHelp } from "./key-hover.ts";

const schema = prepareSchema({
  properties: {
    gateway: {
      title: "Gateway",
      properties: {
        mode: {
          ...{ title: "Gateway Mode", description: "How it operates.", default: "local" },
          anyOf: [{ const: "local" }, { const: "remote" }],
        },
      },
    },
    logging: { properties: { level: { type: "string" } } },
    names: { type: "array", items: { type: "string", description: "A name." } },
  },
});

let view: EditorView | undefined;
afterEach(() => view?.destroy());

/** The help at `|`, or null; with the caret there. */
function helpAt(marked: string): string | null {
  view?.destroy();
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: marked.replace("|", ""),
      selection: { anchor: marked.indexOf("|") },
      extensions: [json5(), guide, keyHover()],
    }),
  });
  view.dispatch({
    effects: setGuide.of({ schema, managed: managedKeys({ trusted: null, origins: [] }) }),
  });
  toggleHelp(view);
  return shown();
}

const shown = () => document.querySelector(".cm-tooltip")?.textContent ?? null;

describe("the help on a key", () => {
  test("says in OpenClaw's words what it is for, what may stand there, and where to read on", () => {
    const help = helpAt("{ gateway: { mo|de: 'local' } }");
    for (const words of ["Gateway Mode", "gateway.mode", "How it operates."])
      expect(help).toContain(words);
    expect(help).toMatch(/Allowed.*"local".*"remote".*Default.*"local"/);
    expect(help).toContain("OpenClaw documentation");
  });

  test.each([
    ["{ gateway: { mo|de: 1 } }", "a change after a restart"],
    ["{ logging: { le|vel: 'info' } }", "a change immediately"],
    ["{ gate|way: {} }", "some of the keys below"],
    ["{ logging: { le|vel: 'info' }, gateway: { reload: { mode: 'off' } } }", "after a restart"],
    // While the text is broken, too.
    ["{ logging: { le|vel: 'info' }, gateway: ", "a change immediately"],
  ])("says how a change takes effect: %s", (text, words) => {
    expect(helpAt(text)).toContain(words);
  });

  test("says which are the panel's", () => {
    expect(helpAt("{ gateway: { mo|de: 1 } }")).toContain("Set by the panel");
    expect(helpAt("{ logging: { le|vel: 1 } }")).not.toContain("Set by the panel");
  });

  test("is that of the key whose value is there", () => {
    expect(helpAt("{ gateway: { mode: 'lo|cal' } }")).toContain("Gateway Mode");
    expect(helpAt("{ names: [ 'a', 'b|' ] }")).toContain("A name.");
  });

  test.each([
    "{ frobni|cate: 1 }",
    "{ // gate|way\n }",
    "{ | }",
    "{ '\\x|': 1 }",
  ])("is not there where there is none: %s", (text) => {
    expect(helpAt(text)).toBeNull();
  });

  test("goes with the next press, with the caret, and with what is typed", () => {
    helpAt("{ gate|way: {} }");
    if (!view) throw new Error("There is no editor.");
    toggleHelp(view);
    expect(shown()).toBeNull();
    toggleHelp(view);
    expect(shown()).not.toBeNull();
    view.dispatch({ selection: { anchor: 0 } });
    expect(shown()).toBeNull();
  });
});
