import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { checkFolder } from "./check-folder.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { restartInstance } from "./restart-instance.ts";
import { saveConfig } from "./save-config.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

async function setUp() {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  return { panel, data: path.join(panel.home, "instances/anna/data") };
}

/** Puts another folder with the same in it in the place of the data. */
async function replace(data: string): Promise<void> {
  await rename(data, `${data}.before`);
  await cp(`${data}.before`, data, { recursive: true });
}

const shown = (panel: TestPanel) => panel.context.runtime.live.board.get("anna");

describe("a data folder that was replaced behind a running container", () => {
  test("is told, and nothing is saved where the gateway does not look, until it is restarted", async () => {
    const { panel, data } = await setUp();
    await using _ = panel;
    await replace(data);
    const { text, revision } = await readConfig(panel.context, "anna");
    const edit = { id: "anna", text: `${text}// edited\n`, revision };
    await rejects(saveConfig(panel.context, edit), "FOLDER_REPLACED");
    expect((await readConfig(panel.context, "anna")).text).toBe(text);
    expect(shown(panel)).toMatchObject({
      status: "error",
      statusReason: expect.stringContaining("another data folder"),
      statusDetail: { code: "FOLDER_REPLACED" },
    });
    await restartInstance(panel.context, "anna");
    await panel.until("anna", "running");
    await saveConfig(panel.context, edit);
    expect(shown(panel).statusReason).toBeNull();
  });

  test("that is gone is told, too", async () => {
    const { panel, data } = await setUp();
    await using _ = panel;
    await rename(data, `${data}.away`);
    expect(await checkFolder(panel.context, "anna")).toBe(false);
    expect(shown(panel).statusDetail?.code).toBe("FOLDER_REPLACED");
  });

  test("and put back is right again at the next look", async () => {
    const { panel, data } = await setUp();
    await using _ = panel;
    await replace(data);
    expect(await checkFolder(panel.context, "anna")).toBe(false);
    await rm(data, { recursive: true });
    await rename(`${data}.before`, data);
    expect(await checkFolder(panel.context, "anna")).toBe(true);
    expect(shown(panel)).toMatchObject({ status: "running", statusReason: null });
  });
});

describe("a data folder that is as it was", () => {
  test("is seen to be, and the look leaves nothing in it", async () => {
    const { panel, data } = await setUp();
    await using _ = panel;
    const before = await readdir(data);
    expect(await checkFolder(panel.context, "anna")).toBe(true);
    expect(await readdir(data)).toEqual(before);
  });

  test("is not looked into when nothing runs", async () => {
    const { panel } = await setUp();
    await using _ = panel;
    await stopInstance(panel.context, "anna");
    panel.faults.record();
    expect(await checkFolder(panel.context, "anna")).toBeNull();
    expect(panel.faults.calls).toEqual([]);
  });

  test("may be saved in when the engine cannot tell", async () => {
    const { panel } = await setUp();
    await using _ = panel;
    const { text, revision } = await readConfig(panel.context, "anna");
    panel.faults.failNext("engine.exec", new DomainError("ENGINE_FAILED", "no"));
    await saveConfig(panel.context, { id: "anna", text: `${text}// edited\n`, revision });
    expect(shown(panel).status).toBe("running");
  });
});

describe("at a start, a data folder", () => {
  test.each([
    "gone",
    "empty",
  ])("that is %s is no new instance: it is told, and started once it is back", async (what) => {
    const { panel, data } = await setUp();
    await using _ = panel;
    await stopInstance(panel.context, "anna");
    await rename(data, `${data}.away`);
    if (what === "empty") await mkdir(data);
    await rejects(startInstance(panel.context, "anna"), "CONFIG_MISSING");
    expect(shown(panel)).toMatchObject({
      status: "error",
      statusReason: expect.stringContaining("instances/anna/data"),
    });
    await eventually(() => expect(shown(panel).statusDetail?.retry).toBeDefined());
    await rm(data, { recursive: true, force: true });
    await rename(`${data}.away`, data);
    panel.host.advance(1_000);
    await panel.until("anna", "running");
  });
});

test("an engine that runs no programs inside cannot tell, and configurations are saved", async () => {
  await using panel = await createTestPanel({ timing: { capabilities: { exec: false } } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  expect(await checkFolder(panel.context, "anna")).toBeNull();
  const { text, revision } = await readConfig(panel.context, "anna");
  await saveConfig(panel.context, { id: "anna", text: `${text}// edited\n`, revision });
  expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.exec");
});
