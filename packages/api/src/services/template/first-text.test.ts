import { readToken, valueAt } from "@claw/core/openclaw-config";
import { describe, expect, test } from "vitest";
import { specOf } from "../../../tests/support/specs.ts";
import { configOf, create, panelWithSchema, save } from "../../../tests/support/templates.ts";
import { continueCreation } from "../instance/continue-creation.ts";

describe("a new instance", () => {
  const TEXT = '{ tools: { profile: "{{name}} {{id}} {{timezone}}" }, gateway: {}, } // {{id}}';

  test("has the template that was chosen, with its own values and access", async () => {
    await using panel = await panelWithSchema();
    const { id } = await save(panel, { text: TEXT });
    await create(panel, "anna", id);
    const config = await configOf(panel, "anna");
    expect(valueAt(config, ["tools", "profile"])).toBe('Dr. "anna" anna UTC');
    expect(valueAt(config, ["gateway", "mode"])).toBe("local");
    const text = (await panel.context.disk.storage.readConfig("anna")) ?? "";
    expect(readToken(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(valueAt(config, ["gateway", "controlUi", "allowedOrigins"])).toEqual([
      "http://localhost:20000",
      "http://127.0.0.1:20000",
    ]);
    expect(text.endsWith("} // anna")).toBe(true);
  });

  test("has the default one otherwise", async () => {
    await using panel = await panelWithSchema();
    await save(panel, { text: TEXT, isDefault: true });
    await create(panel, "anna");
    await create(panel, "ben", "standard");
    expect(valueAt(await configOf(panel, "anna"), ["tools", "profile"])).toContain("anna");
    expect(valueAt(await configOf(panel, "ben"), ["tools", "profile"])).toBe("full");
  });

  test("whose creation was cut off still has it; the default one if it is gone", async () => {
    await using panel = await panelWithSchema();
    const { id } = await save(panel, { text: TEXT });
    const { store, runtime } = panel.context;
    for (const [number, template] of [id, "gone"].entries()) {
      const spec = specOf({ id: `i${number}`, phase: "creating", template }, number);
      runtime.live.board.setSpec(await store.insertInstance(() => spec));
      await continueCreation(panel.context, { id: spec.id, start: false });
    }
    expect(valueAt(await configOf(panel, "i0"), ["tools", "profile"])).toContain("i0");
    expect(valueAt(await configOf(panel, "i1"), ["tools", "profile"])).toBe("full");
  });
});
