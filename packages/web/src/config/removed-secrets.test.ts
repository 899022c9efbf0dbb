import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { createDiff } from "./create-diff.ts";
import { createEditor, type Editor } from "./editor.ts";

const THEIRS = `{
  // old: password=hunter2
  gateway: { mode: "local", auth: { token: "tok-theirs" } },
  note: "kept",
}
`;
const MINE = `{
  gateway: { mode: "remote", auth: { token: "tok-mine" } },
  note: "kept",
}
`;

let opened: EditorView | Editor | undefined;
afterEach(() => {
  opened?.destroy();
  document.body.replaceChildren();
});

const COMMON = { parent: document.body, label: "l", phrases: {} };
const removed = () => document.querySelector(".cm-deletedChunk");
const shown = () => document.body.textContent ?? "";

function compare(): Editor {
  const editor = createEditor({
    ...COMMON,
    text: MINE,
    onEdit: () => {},
    onSave: () => {},
    onFormat: () => {},
    onIssues: () => {},
    onDifferences: () => {},
    onWrongKeys: () => {},
    panelIssues: () => [],
    validate: async () => [],
    words: ({ message }) => message,
  });
  editor.compareWith(THEIRS, { theirs: "Take theirs", mine: "Keep mine" });
  opened = editor;
  return editor;
}

test("a read-only comparison hides removed secrets, and shows the rest", async () => {
  opened = createDiff({ ...COMMON, before: THEIRS, after: MINE, collapse: false });
  await expect.poll(shown).not.toMatch(/tok-|hunter2/);
  expect(removed()?.textContent).toContain('mode: "local"');
  expect(removed()?.textContent).toContain("password=");
});

test("a click shows one of them", async () => {
  opened = createDiff({ ...COMMON, before: THEIRS, after: MINE, collapse: false });
  await expect.poll(shown).not.toMatch(/tok-|hunter2/);
  removed()?.querySelectorAll<HTMLButtonElement>(".cm-secret")[1]?.click();
  expect(removed()?.textContent).toContain('token: "tok-theirs"');
  expect(shown()).not.toMatch(/tok-mine|hunter2/);
});

test("one over several lines is hidden in each, and a click shows all of it", async () => {
  const before = '{ channels: { a: { token: "one\\\r\ntwo\\\r\nthree", mode: "x" } } }\r\n';
  opened = createDiff({ ...COMMON, before, after: "{}\n", collapse: false });
  await expect.poll(shown).not.toMatch(/one|two|three/);
  expect(removed()?.textContent).toContain('mode: "x"');
  const masks = removed()?.querySelectorAll<HTMLButtonElement>(".cm-secret") ?? [];
  expect(masks).toHaveLength(1);
  masks[0]?.click();
  expect(removed()?.textContent).toMatch(/"one.*two.*three"/s);
});

test("what others saved hides its secrets, and has them when it is taken", () => {
  const editor = compare();
  expect(shown()).not.toMatch(/tok-|hunter2/);
  expect(removed()?.textContent).toContain('mode: "local"');
  const take = [...document.querySelectorAll<HTMLButtonElement>(".cm-chunkButtons button")];
  take.find(({ textContent }) => textContent === "Take theirs")?.click();
  expect(editor.text()).toBe(THEIRS);
  expect(shown()).not.toMatch(/tok-|hunter2/);
});
