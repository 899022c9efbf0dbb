import { EditorView } from "@codemirror/view";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, onTestFinished, test, vi } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const AT = "2026-11-22T08:00:00.000Z";
const TEXTS: Record<number, string> = { 1: "{ a: 1 }\n", 2: "{ a: 2 }\n", 3: "{ a: 3 }\n" };

const version = (number: number, more: object = {}) => ({
  ...{ version: number, at: AT, by: null, source: "panel", revision: `r${number}`, size: 9 },
  ...{ current: false, healthy: false, healthyAt: null },
  ...more,
});

const NEWEST = version(3, { source: "openclaw", current: true });
const SECOND = version(2, { source: "editor", by: "anna", healthy: true, healthyAt: AT });
const FIRST = version(1);

const HISTORY = {
  "instances.configHistory": ({ cursor }: { cursor?: string | null }) =>
    cursor === "2"
      ? { versions: [FIRST], lastHealthy: SECOND, nextCursor: null }
      : { versions: [NEWEST, SECOND], lastHealthy: SECOND, nextCursor: "2" },
  "instances.compareConfigs": ({ from, to }: { from: number; to: number }) => ({
    from: { ...version(from), text: TEXTS[from] },
    to: { ...version(to), text: TEXTS[to] },
    paths: ["a"],
  }),
};

async function open(answers: Record<string, (input: never) => unknown> = {}) {
  let current = 3;
  const view = renderApp({
    path: "/instances/zhangsan/config",
    instances: [anInstance()],
    answers: {
      "instances.readConfig": () => ({
        text: TEXTS[current],
        revision: `r${current}`,
        warnings: [],
      }),
      "instances.restoreConfig": (input: { version: number }) => {
        current = input.version;
        return { revision: `r${current}`, effect: "restart", message: "", warnings: [] };
      },
      ...HISTORY,
      ...answers,
    },
  });
  const name = "Configuration of 张三";
  const box = await screen.findByRole("textbox", { name }, { timeout: 10_000 });
  const editor = EditorView.findFromDOM(box);
  if (!editor) throw new Error("There is no editor.");
  fireEvent.click(screen.getByRole("button", { name: "History" }));
  const dialog = within(await screen.findByRole("dialog"));
  return { ...view, dialog, editor };
}

test("lists who wrote what by what, newest first, and older ones on request", async () => {
  const { dialog } = await open();
  const list = within(await dialog.findByRole("list", { name: "History" }));
  const rows = () => list.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(rows()).toEqual([
    expect.stringMatching(/Version 3.*In the file now.*OpenClaw itself/),
    expect.stringMatching(/Version 2.*Last healthy.*anna · Editor/),
  ]);
  fireEvent.click(dialog.getByRole("button", { name: "Show older versions" }));
  await expect.poll(rows).toHaveLength(3);
  expect(rows()[2]).toMatch(/Version 1.*The panel/);
  expect(dialog.queryByRole("button", { name: "Show older versions" })).toBeNull();
});

test("a version shows what it changed, and is restored after a question", async () => {
  const { fake, dialog, editor } = await open();
  // The last one that was loaded: the one before it is on the next page.
  fireEvent.click(await dialog.findByRole("button", { name: /^Version 2/ }));
  const text = await dialog.findByRole("textbox", { name: "Version 1 and version 2" });
  expect(text.querySelector(".cm-deletedLine")?.textContent).toContain("a: 1");
  expect(text.textContent).toContain("a: 2");
  fireEvent.click(dialog.getByRole("button", { name: "Restore…" }));
  expect(dialog.getByText("Replace openclaw.json by version 2?")).toBeTruthy();
  expect(fake.calls.map(({ path }) => path)).not.toContain("instances.restoreConfig");
  fireEvent.click(dialog.getByRole("button", { name: "Restore" }));
  expect(await screen.findByText("Saved; takes effect after a restart")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(editor.state.doc.toString()).toBe(TEXTS[2]);
  const asked = fake.calls.find(({ path }) => path === "instances.restoreConfig");
  expect(asked?.input).toEqual({ id: "zhangsan", version: 2 });
});

test("what was typed and not saved stays beside the restored version", async () => {
  const { dialog, editor } = await open();
  // As in a browser whose storage is full or denied.
  const storing = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new Error("full");
  });
  onTestFinished(() => storing.mockRestore());
  editor.dispatch({ changes: { from: 0, insert: "// mine\n" } });
  fireEvent.click(await dialog.findByRole("button", { name: /^Version 2/ }));
  fireEvent.click(await dialog.findByRole("button", { name: "Restore…" }));
  expect(dialog.getByText(/Your unsaved changes stay in the editor/)).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Restore" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(editor.state.doc.toString()).toBe(`// mine\n${TEXTS[3]}`);
  const theirs = () => editor.contentDOM.querySelector(".cm-deletedLine")?.textContent;
  await expect.poll(theirs).toContain("a: 2");
});

test("a file that is gone comes back from the history", async () => {
  let isGone = true;
  renderApp({
    path: "/instances/zhangsan/config",
    instances: [anInstance()],
    answers: {
      ...HISTORY,
      "instances.readConfig": () => {
        if (isGone) throw panelError("CONFIG_MISSING", "There is no openclaw.json.");
        return { text: TEXTS[2], revision: "r2", warnings: [] };
      },
      "instances.restoreConfig": () => {
        isGone = false;
        return { revision: "r2", effect: "next-start", message: "", warnings: [] };
      },
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "History" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.click(await dialog.findByRole("button", { name: /^Version 2/ }));
  fireEvent.click(await dialog.findByRole("button", { name: "Restore…" }));
  fireEvent.click(dialog.getByRole("button", { name: "Restore" }));
  const name = "Configuration of 张三";
  const box = await screen.findByRole("textbox", { name }, { timeout: 10_000 });
  expect(EditorView.findFromDOM(box)?.state.doc.toString()).toBe(TEXTS[2]);
});

test("what the file has already is not restored", async () => {
  const { dialog } = await open();
  fireEvent.click(await dialog.findByRole("button", { name: /^Version 3/ }));
  const button = await dialog.findByRole("button", { name: "Restore…" });
  expect(button.hasAttribute("disabled") || button.getAttribute("aria-disabled") === "true").toBe(
    true,
  );
});

test("a refusal is told where it was asked, and the file stays", async () => {
  const { dialog, editor } = await open({
    "instances.restoreConfig": () => {
      throw panelError("CONFIG_VERSION_NOT_FOUND", "There is no version 2 any more.");
    },
  });
  fireEvent.click(await dialog.findByRole("button", { name: /^Version 2/ }));
  fireEvent.click(await dialog.findByRole("button", { name: "Restore…" }));
  fireEvent.click(dialog.getByRole("button", { name: "Restore" }));
  expect(await dialog.findByText("That version is no longer in the history.")).toBeTruthy();
  expect(editor.state.doc.toString()).toBe(TEXTS[3]);
});

test("a history that cannot be loaded says why, and is asked for again", async () => {
  let away = true;
  const { dialog } = await open({
    "instances.configHistory": (input) => {
      if (away) throw panelError("INTERNAL", "no");
      return HISTORY["instances.configHistory"](input);
    },
  });
  away = false;
  fireEvent.click(await dialog.findByRole("button", { name: "Try again" }));
  expect(await dialog.findByRole("button", { name: /^Version 3/ })).toBeTruthy();
});
