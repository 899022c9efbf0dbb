import { EditorView } from "@codemirror/view";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

async function open(answers: Record<string, (input: never) => unknown> = {}) {
  const view = renderApp({
    path: "/instances/zhangsan/config",
    instances: [anInstance()],
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

test("Ctrl-S saves, and what it took is said", async () => {
  const { fake, box, type } = await open({
    "instances.saveConfig": () => ({ revision: "r2", effect: "restart" }),
    "instances.restart": () => anInstance(),
  });
  expect(screen.getByText("No unsaved changes")).toBeTruthy();
  type("{b: 2}");
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  fireEvent.keyDown(box, { key: "s", code: "KeyS", ctrlKey: true });
  expect(await screen.findByText("Saved; it takes effect after a restart")).toBeTruthy();
  expect(fake.calls.at(-1)?.input).toEqual({ id: "zhangsan", text: "{b: 2}", revision: "r1" });
  fireEvent.click(screen.getByRole("button", { name: "Restart now" }));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("instances.restart");
});

test("marks a mistake where it is, in the reader's words, and goes there", async () => {
  const { editor, type } = await open();
  type("{\n  a: 1\n  b: 2\n}");
  const problems = await screen.findByRole("list", { name: "Problems" });
  const problem = within(problems).getByRole("button", { name: /3:3.*There should be no b here/ });
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

test("a concurrent edit offers both ways", async () => {
  let current = { text: "{}", revision: "r1" };
  const { editor, type } = await open({
    "instances.readConfig": () => current,
    "instances.saveConfig": () => {
      throw panelError("REVISION_MISMATCH", "changed");
    },
  });
  current = { text: "{theirs: 1}", revision: "r2" };
  type("{mine: 1}");
  fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("The configuration was changed meanwhile")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Take theirs, drop mine" }));
  expect(editor.state.doc.toString()).toBe("{theirs: 1}");
});

test("asks before unsaved text is left", async () => {
  const { type } = await open();
  type("{b: 2}");
  fireEvent.click(screen.getByRole("tab", { name: "Overview" }));
  const dialog = await screen.findByRole("dialog", { name: "There are unsaved changes" });
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
