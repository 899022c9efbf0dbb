import { managedKeys } from "@claw/core/managed-keys";
import { createRoot } from "solid-js";
import { describe, expect, test } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { createConfig } from "./create-config.ts";

const ID = "zhangsan";
const KEY = "claw.draft.zhangsan";

/** A panel with one file, as strict about revisions as the real one. */
function aPanel(text: string) {
  const file = { text, revision: "r1" };
  const fake = createFakeApi({
    "instances.managedKeys": () => [],
    "instances.readConfig": () => ({ ...file }),
    "instances.saveConfig": (input: { text: string; revision: string }) => {
      if (input.revision !== file.revision) throw panelError("REVISION_MISMATCH", "changed");
      if (input.text.includes("bad"))
        throw panelError("CONFIG_INVALID", "not valid", [
          { line: 2, column: 3, path: "", message: "invalid character 'b'." },
        ]);
      file.text = input.text;
      file.revision = `${file.revision}+`;
      return { revision: file.revision, effect: "restart" };
    },
  });
  return { file, fake };
}

async function edit(panel: ReturnType<typeof aPanel>) {
  const made = createRoot((dispose) => ({ config: createConfig(panel.fake.api, ID), dispose }));
  await expect.poll(made.config.stored).toBeDefined();
  return made;
}

test("saves the text and says when it takes effect", async () => {
  const panel = aPanel("{}");
  const { config, dispose } = await edit(panel);
  expect([config.text(), config.dirty()]).toEqual(["{}", false]);
  config.edit("{a: 1}");
  expect(config.dirty()).toBe(true);
  await config.save();
  expect([config.dirty(), config.effect(), panel.file.text]).toEqual([false, "restart", "{a: 1}"]);
  config.edit("{a: 2}");
  expect(config.effect()).toBeUndefined();
  await config.save();
  expect(panel.file.text).toBe("{a: 2}");
  dispose();
});

test("what is typed while it saves stays unsaved", async () => {
  const panel = aPanel("{}");
  const { config, dispose } = await edit(panel);
  config.edit("{a: 1}");
  const saved = config.save();
  config.edit("{a: 1, b: 2}");
  await saved;
  expect([config.dirty(), panel.file.text]).toEqual([true, "{a: 1}"]);
  dispose();
});

describe("the panel's keys are put right in what is sent", () => {
  const MANAGED = managedKeys({ trusted: null, origins: [] });

  async function editManaged(text: string) {
    const panel = aPanel(text);
    panel.fake.answers["instances.managedKeys"] = () => MANAGED;
    const made = await edit(panel);
    await made.config.managed.ask();
    return { panel, ...made };
  }

  test("and what is typed meanwhile stays unsaved", async () => {
    const { panel, config, dispose } = await editManaged('{gateway: {mode: "local"}}');
    config.edit('{gateway: {mode: "remote"}} // a');
    const saved = config.save();
    config.edit('{gateway: {mode: "remote"}} // ab');
    await saved;
    expect(panel.file.text).toBe('{gateway: {mode: "local"}} // a');
    expect([config.text(), config.dirty()]).toEqual(['{gateway: {mode: "remote"}} // ab', true]);
    await config.save();
    expect(panel.file.text).toBe('{gateway: {mode: "local"}} // ab');
    expect([config.dirty(), config.managed.corrected()]).toEqual([false, ["gateway.mode"]]);
    dispose();
  });

  test("and a text that differs in nothing else is not sent", async () => {
    const { panel, config, dispose } = await editManaged('{gateway: {mode: "local"}}');
    config.edit('{gateway: {mode: "remote"}}');
    await config.save();
    expect([config.dirty(), config.saving(), panel.file.revision]).toEqual([false, false, "r1"]);
    dispose();
  });

  test("and without the panel's word on its keys nothing is sent; the reason is said", async () => {
    const { panel, config, dispose } = await editManaged('{gateway: {mode: "local"}}');
    panel.fake.answers["instances.managedKeys"] = () => {
      throw panelError("BUSY", "The panel cannot read its keys.");
    };
    await config.managed.ask();
    expect(config.managed.failure()).toMatchObject({ message: "The panel cannot read its keys." });
    config.edit('{gateway: {mode: "remote"}} // a');
    await config.save();
    expect([panel.file.revision, config.dirty(), config.saving()]).toEqual(["r1", true, false]);
    expect(config.saveError()).toMatchObject({ message: "The panel cannot read its keys." });
    panel.fake.answers["instances.managedKeys"] = () => MANAGED;
    await config.save();
    expect(panel.file.text).toBe('{gateway: {mode: "local"}} // a');
    expect(config.managed.failure()).toBeUndefined();
    dispose();
  });

  test("with the line ends of Windows", async () => {
    const { panel, config, dispose } = await editManaged('{\r\n  gateway: {mode: "local"}\r\n}');
    config.edit('{\n  gateway: {mode: "remote"},\n}');
    await config.save();
    expect(panel.file.text).toBe('{\r\n  gateway: {mode: "local"},\r\n}');
    dispose();
  });
});

test("hands on what the panel found wrong, until the text changes", async () => {
  const { config, dispose } = await edit(aPanel("{}"));
  config.edit("{\n  bad}");
  await config.save();
  expect(config.issues()).toMatchObject([{ line: 2, column: 3 }]);
  expect(config.saveError()).toBeDefined();
  config.edit("{\n  good: 1}");
  expect([config.issues(), config.saveError()]).toEqual([[], undefined]);
  dispose();
});

test("another's edit is never overwritten unasked; theirs can be taken", async () => {
  const panel = aPanel("{}");
  const { config, dispose } = await edit(panel);
  config.edit("{mine: 1}");
  Object.assign(panel.file, { text: "{theirs: 1}", revision: "r2" });
  await config.save();
  expect(config.theirs()).toEqual({ text: "{theirs: 1}", revision: "r2" });
  await config.save();
  expect(panel.file.text).toBe("{theirs: 1}");
  config.discard();
  expect([config.text(), config.dirty(), config.theirs()]).toEqual([
    "{theirs: 1}",
    false,
    undefined,
  ]);
  dispose();
});

test("… or mine kept, and saved over theirs knowingly", async () => {
  const panel = aPanel("{}");
  const { config, dispose } = await edit(panel);
  config.edit("{mine: 1}");
  Object.assign(panel.file, { text: "{theirs: 1}", revision: "r2" });
  await config.save();
  config.keepMine();
  expect([config.text(), config.dirty()]).toEqual(["{mine: 1}", true]);
  await config.save();
  expect(panel.file.text).toBe("{mine: 1}");
  dispose();
});

test("a file of Windows keeps its line ends, and a change that is taken back is none", async () => {
  const panel = aPanel("{\r\n}\r\n");
  const { config, dispose } = await edit(panel);
  config.edit("{\n a: 1\n}\n");
  expect(config.text()).toBe("{\r\n a: 1\r\n}\r\n");
  config.edit("{\n}\n");
  expect([config.text(), config.dirty()]).toEqual(["{\r\n}\r\n", false]);
  dispose();
});

test("a draft outlives the page, and is gone once it is saved or discarded", async () => {
  const panel = aPanel("{}");
  const first = await edit(panel);
  first.config.edit("{draft: 1}");
  first.dispose();
  const second = await edit(panel);
  expect([second.config.text(), second.config.dirty()]).toEqual(["{draft: 1}", true]);
  expect(second.config.theirs()).toBeUndefined();
  await second.config.save();
  expect(localStorage.getItem(KEY)).toBeNull();
  second.config.edit("{draft: 2}");
  second.config.discard();
  second.dispose();
  expect(localStorage.getItem(KEY)).toBeNull();
});

test("a draft of an older file is a conflict from the start", async () => {
  const panel = aPanel("{theirs: 1}");
  localStorage.setItem(KEY, JSON.stringify({ text: "{mine: 1}", revision: "r0" }));
  const { config, dispose } = await edit(panel);
  expect([config.text(), config.theirs()?.text]).toEqual(["{mine: 1}", "{theirs: 1}"]);
  dispose();
  localStorage.setItem(KEY, "not JSON");
  const other = await edit(panel);
  expect(other.config.text()).toBe("{theirs: 1}");
  other.dispose();
});
