import { EditorView } from "@codemirror/view";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { createFakeBatches } from "../testing/fake-batches.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const instances = ["Anna", "Bob", "Carla"].map((name, at) =>
  anInstance({ id: name.toLowerCase(), name, port: 20_000 + at }),
);
const PATCH = { logging: { level: "debug" } };

const item = (id: string, more: object = {}) => ({
  ...{ id, name: id, changed: false, valid: true, problem: null, issues: [], paths: [] },
  ...{ effect: null, restartsItself: false, note: null, before: null, after: null },
  ...more,
});
const changes = (id: string, effect = "hot") => {
  const texts = {
    before: "{ logging: { level: 'info' } }",
    after: "{ logging: { level: 'debug' } }",
  };
  return item(id, { changed: true, paths: ["logging.level"], effect, ...texts });
};
const issues = [
  { line: 2, column: 3, path: "a", message: "Unrecognized key: b", source: "schema" },
  { line: 3, column: 1, path: "gateway.bind", message: "…", source: "panel" },
];
const refused = (id: string) =>
  item(id, { valid: false, problem: { reason: "CONFIG_INVALID", message: "No." }, issues });

const press = (name: RegExp | string) =>
  fireEvent.click(within(dialog()).getByRole("button", { name }));
const dialog = () => screen.getByRole("dialog");
const submit = (name: string) => within(dialog()).getByRole<HTMLButtonElement>("button", { name });

/** The dialog for all three, over a panel that answers previews with `preview`. */
async function open(preview: (input: never) => unknown) {
  const batches = createFakeBatches();
  const answers = { ...batches.answers, "configRollouts.preview": preview };
  const view = renderApp({ instances, answers });
  batches.of(view.fake);
  fireEvent.click(screen.getByRole("checkbox", { name: "Select all" }));
  fireEvent.click(screen.getByRole("button", { name: "Configuration…" }));
  await screen.findByRole("dialog", { name: "Change the configuration of 3 instances" });
  const box = await screen.findByRole("textbox", { name: "Change" }, { timeout: 10_000 });
  const editor = EditorView.findFromDOM(box);
  if (!editor) throw new Error("There is no editor.");
  const type = (insert: string) =>
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } });
  const inputsOf = (path: string) =>
    view.fake.calls.filter((call) => call.path === path).map(({ input }) => input);
  return { ...view, batches, type, inputsOf };
}

test("tells a gateway that restarts itself from one that somebody has to restart", async () => {
  const waits = changes("anna", "restart");
  const itself = { ...changes("bob", "restart"), restartsItself: true };
  const { type } = await open(() => ({ instances: [waits, itself], shared: [] }));
  type("{ gateway: { bind: 'auto' } }");
  press("Preview");
  const rows = within(await screen.findByRole("list", { name: "What changes" }));
  const [first, second] = rows.getAllByRole("listitem");
  expect(first?.textContent).toMatch(/anna.*After a restart/);
  expect(second?.textContent).toMatch(/bob.*Restarts itself/);
});

test("a change is previewed for each, and rolled out in waves to those that it changes", async () => {
  const all = { instances: [changes("anna"), refused("bob"), item("carla")], shared: [] };
  const { type, inputsOf, fake } = await open(() => all);
  expect(submit("Preview").disabled).toBe(true);
  type("{ logging: { level: ");
  expect(submit("Preview").disabled).toBe(true);
  type("{ logging: { level: 'debug' /* for a while */ } }");
  press("Preview");
  const rows = within(await screen.findByRole("list", { name: "What changes" }));
  expect(inputsOf("configRollouts.preview")).toEqual([
    { ids: ["anna", "bob", "carla"], patch: PATCH },
  ]);
  expect(within(dialog()).getByRole("status").textContent).toBe(
    "1 changes · 1 has it already · 1 cannot have this change and is left out",
  );
  const [first, second, third] = rows.getAllByRole("listitem").filter((row) => row.dataset.changed);
  expect(first?.textContent).toMatch(/bob.*Left out.*2:3.*a: Unrecognized key: b/);
  expect(first?.textContent).toMatch(/3:1.*The panel sets gateway\.bind itself/);
  expect(second?.textContent).toMatch(/anna.*Takes effect at once.*logging\.level/);
  expect(third?.textContent).toMatch(/carla.*No change/);
  press(/anna/);
  const diff = await screen.findByRole("textbox", { name: "Changes of anna" }, { timeout: 10_000 });
  expect(diff.textContent).toContain("debug");

  fake.answers["configRollouts.run"] = () => ({ id: "job-9" });
  press("Change 1 instance");
  await expect
    .poll(() => inputsOf("configRollouts.run"))
    .toEqual([{ ids: ["anna"], patch: PATCH }]);
});

test("many go in waves, and what was rolled out is put back by one press", async () => {
  const all = { instances: instances.map(({ id }) => changes(id, "restart")), shared: [] };
  const { type, inputsOf, fake, batches } = await open(() => all);
  fake.answers["configRollouts.run"] = ({ ids }: { ids: string[] }) =>
    batches.answers["batches.run"]({ action: "stop", ids });
  fake.answers["configRollouts.undo"] = () =>
    batches.answers["batches.run"]({ action: "stop", ids: ["anna"] });
  type('{ "logging": { "level": "debug" } }');
  press("Preview");
  await screen.findByRole("list", { name: "What changes" });
  press("Change 3 instances");
  await expect
    .poll(() => inputsOf("configRollouts.run"))
    .toEqual([
      {
        ids: ["anna", "bob", "carla"],
        patch: PATCH,
        options: { wave: 1, pauseBetween: false, stopAtFirstFailure: true },
      },
    ]);
  await screen.findByRole("dialog", { name: "Change the configuration of 3 instances" });
  const message = "bob did not come up.";
  batches.end(
    { id: "anna", ok: true },
    { id: "bob", ok: false, reason: "CONFIG_NOT_TAKEN", message },
    { id: "carla", ok: false, reason: "NOT_BEGUN", message: "" },
  );
  batches.finish("partial");
  expect(
    await screen.findByText(/did not take the changed configuration.*bob did not/),
  ).toBeTruthy();
  press("Put their configuration back");
  await expect.poll(() => inputsOf("configRollouts.undo")).toEqual([{ id: "batch-1" }]);
  // It also names `bob`, which the panel leaves out: its text is the former one already.
  await screen.findByRole("dialog", { name: "Put back the configuration of 2 instances" });
  batches.end({ id: "anna", ok: true });
  batches.finish();
  await expect
    .poll(() => within(dialog()).getByRole("status").textContent)
    .toContain("2 of 2 done");
});

test("says when there is nothing to change, and goes back to the text", async () => {
  const { type } = await open(() => ({
    instances: instances.map(({ id }) => item(id)),
    shared: [],
  }));
  type("{ a: 1 }");
  press("Preview");
  expect(await screen.findByText("There is nothing to roll out.")).toBeTruthy();
  expect(submit("Change 0 instances").disabled).toBe(true);
  press("Edit the change");
  const box = await screen.findByRole("textbox", { name: "Change" });
  expect(box.textContent).toContain("{ a: 1 }");
});

test("says why a preview failed, and warns of a bot that they would share", async () => {
  let answer = (): unknown => {
    throw panelError("INVALID_INPUT", "The change is nested too deep.");
  };
  const { type } = await open(() => answer());
  type("{ a: 1 }");
  press("Preview");
  expect(await screen.findByText("The change is nested too deep.")).toBeTruthy();
  const shared = [{ code: "CHANNEL_SHARED", channel: "telegram", instanceIds: ["anna", "bob"] }];
  answer = () => ({ instances: [changes("anna"), changes("bob")], shared });
  press("Preview");
  expect(await screen.findByText(/telegram is also used by: anna, bob/)).toBeTruthy();
});

test("a text for which the preview had no room is asked for alone", async () => {
  const { type, inputsOf } = await open(({ ids }: { ids: string[] }) => ({
    instances: ids.map((id) => ({
      ...changes(id),
      ...(ids.length > 1 && { before: null, after: null }),
    })),
    shared: [],
  }));
  type("{ logging: { level: 'debug' } }");
  press("Preview");
  await screen.findByRole("list", { name: "What changes" });
  press(/bob/);
  expect(
    await screen.findByRole("textbox", { name: "Changes of bob" }, { timeout: 10_000 }),
  ).toBeTruthy();
  expect(inputsOf("configRollouts.preview").at(-1)).toEqual({ ids: ["bob"], patch: PATCH });
});
