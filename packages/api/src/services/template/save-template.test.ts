import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { create, names, panelWithSchema, save } from "../../../tests/support/templates.ts";
import { listTemplates, readTemplate, STANDARD_NAME } from "./find-template.ts";
import { removeTemplate } from "./remove-template.ts";

describe("templates", () => {
  test("begin with the file in the panel's folder, which is the default", async () => {
    await using panel = await panelWithSchema();
    expect(await listTemplates(panel.context)).toEqual([
      {
        ...{ id: "standard", name: STANDARD_NAME, isDefault: true, isRemovable: false },
        ...{ updatedAt: null, updatedBy: null },
      },
    ]);
    const { text } = await readTemplate(panel.context, { id: "standard" });
    expect(text).toContain("// OpenClaw 网关配置");
  });

  test("lose nothing of a file that an administrator has changed by hand", async () => {
    await using other = await panelWithSchema();
    const folder = path.join(other.home, "templates");
    await mkdir(folder);
    const file = "{ gateway: { auth: { mode: 'token', token: {{ token | dump }} } }, // mine\n }";
    await writeFile(path.join(folder, "openclaw.template.json5"), file);
    await writeFile(
      path.join(folder, "docker-compose.template.yml"),
      await other.context.disk.files.readTemplate("docker-compose.template.yml"),
    );
    await using panel = await panelWithSchema({ config: { templates: folder } });
    const { text, revision } = await readTemplate(panel.context, { id: "standard" });
    expect(text).toContain("// mine");
    await save(panel, { id: "standard", name: STANDARD_NAME, text: `${text}// more`, revision });
    await create(panel, "anna");
    expect(await panel.context.disk.storage.readConfig("anna")).toMatch(
      /\/\/ mine[\s\S]*\/\/ more$/,
    );
  });

  test("are made, changed, and made the default, of which there is one", async () => {
    await using panel = await panelWithSchema();
    const made = await save(panel, { text: "{ /* a */ }" });
    expect(made).toMatchObject({ name: "Sales", text: "{ /* a */ }", isDefault: false });
    expect(made).toMatchObject({ isRemovable: true, updatedBy: "boss" });
    await save(panel, { id: made.id, text: "{ /* b */ }", isDefault: true });
    expect(await names(panel)).toEqual([STANDARD_NAME, ["Sales"]]);
    expect((await readTemplate(panel.context, made)).text).toBe("{ /* b */ }");
    const { text } = await readTemplate(panel.context, { id: "standard" });
    await save(panel, { id: "standard", name: STANDARD_NAME, text, isDefault: true });
    expect(await names(panel)).toEqual([[STANDARD_NAME], "Sales"]);
    // Its text still follows the panel's folder.
    expect((await listTemplates(panel.context))[0]?.updatedAt).toBeNull();
  });

  test("of a name that another one has are refused", async () => {
    await using panel = await panelWithSchema();
    await save(panel, {});
    await rejects(save(panel, { name: "sALES" }), "TEMPLATE_EXISTS");
    await rejects(save(panel, { name: STANDARD_NAME }), "TEMPLATE_EXISTS");
    expect(await names(panel)).toEqual([[STANDARD_NAME], "Sales"]);
  });

  test("that somebody else has changed since are not overwritten", async () => {
    await using panel = await panelWithSchema();
    const { id, revision } = await save(panel, {});
    await save(panel, { id, text: "{ a: {}, }".replace("a", "channels"), revision });
    await rejects(save(panel, { id, text: "{ }", revision }), "REVISION_MISMATCH");
  });

  test("that are gone are said to be", async () => {
    await using panel = await panelWithSchema();
    await rejects(save(panel, { id: "gone" }), "TEMPLATE_NOT_FOUND");
    await rejects(readTemplate(panel.context, { id: "gone" }), "TEMPLATE_NOT_FOUND");
    await rejects(removeTemplate(panel.context, { id: "gone" }), "TEMPLATE_NOT_FOUND");
    await rejects(create(panel, "anna", "gone"), "TEMPLATE_NOT_FOUND");
    expect(await panel.context.store.listInstances()).toEqual([]);
  });

  test("go, but not the default one and not the shipped one", async () => {
    await using panel = await panelWithSchema();
    const { id } = await save(panel, { isDefault: true });
    const said = await rejects(removeTemplate(panel.context, { id }), "TEMPLATE_IS_DEFAULT");
    expect(said.message).toContain("Make another one the default");
    await rejects(removeTemplate(panel.context, { id: "standard" }), "NOT_SUPPORTED");
    await save(panel, { name: "Other", isDefault: true });
    await removeTemplate(panel.context, { id });
    expect(await names(panel)).toEqual([STANDARD_NAME, ["Other"]]);
  });
});
