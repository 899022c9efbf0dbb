import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Template } from "../api/client.ts";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const STANDARD: Template = {
  ...{ id: "standard", name: "标准 Standard", isDefault: true, isRemovable: false },
  ...{ updatedAt: null, updatedBy: null, text: "{ tools: {} }", revision: "r0" },
};
const SALES: Template = {
  ...{ id: "t1", name: "Sales", isDefault: false, isRemovable: true, revision: "r1" },
  ...{ updatedAt: "2026-01-01T00:00:00.000Z", updatedBy: "boss", text: "{ a: 1 }" },
};

/** The page over a panel that has these templates and keeps what is saved. */
function show(
  path = "/system/templates",
  answers: NonNullable<Parameters<typeof renderApp>[0]>["answers"] = {},
) {
  const kept = new Map([STANDARD, SALES].map((one) => [one.id, one]));
  const view = renderApp({
    path,
    instances: [anInstance({ id: "lisi", name: "李四" })],
    answers: {
      "templates.list": () => [...kept.values()],
      "templates.get": ({ id }: { id: string }) => kept.get(id),
      "templates.save": ({ id = "t2", isDefault, ...change }: Partial<Template>) => {
        const before = kept.get(id) ?? { ...SALES, id };
        if (isDefault)
          for (const one of kept.values()) kept.set(one.id, { ...one, isDefault: false });
        const saved = {
          ...before,
          ...change,
          isDefault: isDefault ?? before.isDefault,
          revision: "r2",
        };
        kept.set(id, saved);
        return saved;
      },
      "templates.remove": ({ id }: { id: string }) => {
        kept.delete(id);
        return { id };
      },
      ...answers,
    },
  });
  const sent = (path: string) => view.fake.calls.filter((call) => call.path === path);
  return { ...view, last: (path: string) => sent(path).at(-1)?.input };
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const list = async () =>
  within(await screen.findByRole("list", { name: "Templates" }))
    .getAllByRole("link")
    .map((link) => link.textContent);
const open = async (name: string) => {
  fireEvent.click(await screen.findByRole("link", { name: new RegExp(name) }));
  await screen.findByRole("textbox", { name: `Text of the template ${name}` });
};
const rename = (name: string) =>
  fireEvent.input(screen.getByRole("textbox", { name: "Name" }), { target: { value: name } });

test("lists the templates, marks the default one, and says who has changed which", async () => {
  show();
  expect(await list()).toEqual([
    "标准 StandardDefaultAs shipped",
    expect.stringMatching(/^SalesChanged .* by boss$/),
  ]);
  expect(screen.getByText("Choose a template to change it")).toBeTruthy();
});

test("saves what was changed on the basis that was read, and makes it the default", async () => {
  const { last } = show();
  await open("Sales");
  rename("Sales 2");
  press("Save");
  await screen.findByText("Template Sales 2 saved");
  expect(last("templates.save")).toEqual({
    ...{ id: "t1", name: "Sales 2", text: "{ a: 1 }", revision: "r1" },
  });
  press("Make default");
  await screen.findByText("New instances use the template Sales 2 by default");
  expect(last("templates.save")).toMatchObject({ isDefault: true, revision: "r2" });
  await expect
    .poll(list)
    .toEqual(["标准 StandardAs shipped", expect.stringMatching(/^Sales 2Default/)]);
  expect(screen.queryByRole("button", { name: "Delete…" })).toBeNull();
});

test("a refused text is marked at its place, and a taken name at its field", async () => {
  const issue = { line: 1, column: 3, path: "", message: "Unrecognized key: a" };
  const refusals = [
    panelError("CONFIG_INVALID", "no", [{ ...issue, source: "schema" }]),
    panelError("TEMPLATE_EXISTS", "no"),
  ];
  show("/system/templates/t1", {
    "templates.save": () => {
      throw refusals.shift();
    },
  });
  await screen.findByRole("textbox", { name: "Text of the template Sales" });
  rename("标准");
  press("Save");
  const problems = await screen.findByRole("list", { name: "Problems" });
  expect(problems.textContent).toContain("a");
  press("Save");
  expect(await screen.findByText(/Another template has this name/)).toBeTruthy();
});

test("another template is opened over unsaved text only after a question", async () => {
  show();
  await open("Sales");
  rename("x");
  fireEvent.click(screen.getByRole("link", { name: /Standard/ }));
  const question = await screen.findByRole("dialog", { name: "Unsaved changes" });
  fireEvent.click(within(question).getByRole("button", { name: "Leave" }));
  await screen.findByRole("textbox", { name: /Text of the template 标准/ });
});

test("deletes after a question", async () => {
  const { last } = show();
  await open("Sales");
  press("Delete…");
  await screen.findByRole("dialog", { name: "Delete the template Sales" });
  press("Delete template");
  await expect.poll(list).toEqual(["标准 StandardDefaultAs shipped"]);
  expect(last("templates.remove")).toEqual({ id: "t1" });
});

test("makes one of an instance, says what it lacks, and saves it as a new one", async () => {
  const { last } = show("/system/templates", {
    "templates.draft": () => ({ text: "{ b: 1 }", removed: ["gateway.auth"] }),
  });
  await list();
  press("New template");
  const dialog = await screen.findByRole("dialog", { name: "New template" });
  fireEvent.input(within(dialog).getByRole("textbox", { name: "Name" }), {
    target: { value: "Lean" },
  });
  fireEvent.click(within(dialog).getByRole("button", { name: /^Text from/ }));
  fireEvent.click(await screen.findByRole("option", { name: /李四/ }));
  press("Continue");
  expect(await screen.findByText("Left out: gateway.auth")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(last("templates.draft")).toEqual({ id: "lisi" });
  press("Create");
  await expect.poll(() => last("templates.save")).toEqual({ name: "Lean", text: "{ b: 1 }" });
  await expect.poll(() => window.location.pathname).toBe("/system/templates/t2");
});

test("a new instance gets the template that is chosen in its form", async () => {
  const { last } = show("/instances", { "instances.create": () => new Promise(() => {}) });
  press("Create instance");
  const dialog = await screen.findByRole("dialog", { name: "Create instance" });
  const type = (name: string, value: string) =>
    fireEvent.input(within(dialog).getByRole("textbox", { name }), { target: { value } });
  type("Name", "Anna");
  type("ID", "anna");
  const trigger = await within(dialog).findByRole("button", { name: /Configuration template/ });
  fireEvent.pointerDown(trigger, { button: 0, pointerType: "mouse" });
  const choice = await screen.findByRole("option", { name: "Sales" });
  fireEvent.pointerDown(choice, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(choice, { button: 0, pointerType: "mouse" });
  press("Create");
  await expect.poll(() => last("instances.create")).toMatchObject({ id: "anna", template: "t1" });
});

test("operators see neither the page nor the way to it", async () => {
  renderApp({ path: "/system", me: { role: "operator" } });
  await screen.findByRole("heading", { name: "System" });
  expect(screen.queryByRole("link", { name: "Manage templates" })).toBeNull();
});
