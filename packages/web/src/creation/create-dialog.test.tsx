import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test, vi } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const type = (label: RegExp | string, value: string) =>
  fireEvent.input(screen.getByRole("textbox", { name: label }), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

async function open(scene: Parameters<typeof renderApp>[0] = {}) {
  const view = renderApp(scene);
  press("Create instance");
  await screen.findByRole("dialog", { name: "Create instance" });
  return view;
}

test("the id follows the name until it is edited by hand", async () => {
  await open({ instances: [anInstance()] });
  const id = () => screen.getByRole<HTMLInputElement>("textbox", { name: "ID" }).value;
  type("Name", "张三");
  await expect.poll(id).toBe("zhangsan-2");
  type("ID", "boss");
  type("Name", "李四");
  await Promise.resolve();
  expect(id()).toBe("boss");
});

test("says what is wrong with each field, and sends nothing", async () => {
  const { fake } = await open({ instances: [anInstance()] });
  press("Create");
  expect(await screen.findByText("Enter 1 to 64 characters.")).toBeTruthy();
  type("Name", "x");
  type("ID", "zhangsan");
  type("Port", "80");
  expect(screen.getByText("Another instance already uses this ID.")).toBeTruthy();
  expect(screen.getByText("The port must be between 1024 and 65535.")).toBeTruthy();
  press("Create");
  expect(fake.calls.filter((call) => call.path === "instances.create")).toEqual([]);
});

test("shows the instance come up, and ends with the way in", async () => {
  const made = anInstance({ id: "lisi", name: "李四", status: "starting", startedAt: null });
  let answer = () => {};
  const { fake } = await open({
    answers: { "instances.create": () => new Promise<void>((resolve) => (answer = resolve)) },
  });
  type("Name", "李四");
  await expect
    .poll(() => screen.getByRole<HTMLInputElement>("textbox", { name: "ID" }).value)
    .toBe("lisi");
  press("Create");
  await screen.findByRole("dialog", { name: "Creating 李四" });
  expect(fake.calls.at(-1)).toEqual({
    path: "instances.create",
    input: { name: "李四", id: "lisi", start: true },
  });
  const states = () =>
    within(screen.getByRole("dialog"))
      .getAllByRole("listitem")
      .map((item) => item.dataset.state);
  expect(states()).toEqual(["doing", "waiting", "waiting"]);
  fake.push("instances.watch", { type: "changed", instance: made });
  expect(states()).toEqual(["done", "doing", "waiting"]);
  answer();
  await expect.poll(states).toEqual(["done", "done", "doing"]);
  fake.push("instances.watch", { type: "changed", instance: { ...made, status: "running" } });
  expect(states()).toEqual(["done", "done", "done"]);
  expect(screen.getByRole("button", { name: "Copy link" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Open" })).toBeTruthy();
  press("Initialise…");
  expect(await screen.findByRole("dialog", { name: "Initialise 李四" })).toBeTruthy();
});

test("an instance that does not come up says why, and leads there", async () => {
  const { fake } = await open({ answers: { "instances.create": () => null } });
  type("Name", "x");
  type("ID", "x");
  press("Create");
  await screen.findByRole("dialog", { name: "Creating x" });
  const failed = anInstance({
    id: "x",
    status: "error",
    statusDetail: { code: "EXITED", exitCode: 1, lines: ["boom"] },
  });
  fake.push("instances.watch", { type: "changed", instance: failed });
  const dialog = within(screen.getByRole("dialog"));
  expect(await dialog.findByText("Exited with code 1: program error.")).toBeTruthy();
  press("View");
  await expect.poll(() => window.location.pathname).toBe("/instances/x/logs");
});

test("a refusal leaves the form as it was, with the reason", async () => {
  await open({
    answers: {
      "instances.create": () => {
        throw panelError("IMAGE_MISSING", "The image is being built.");
      },
    },
  });
  type("Name", "x");
  type("ID", "x");
  press("Create");
  expect(await screen.findByText("The OpenClaw image is missing.")).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("x");
});

test("the link is copied with its token, which is never shown", async () => {
  const writeText = vi.fn(async () => {});
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  const { fake } = await open({
    answers: {
      "instances.create": () => null,
      "instances.open": () => ({ url: "http://127.0.0.1:18789/#token=secret", expiresAt: null }),
    },
  });
  type("Name", "x");
  type("ID", "x");
  press("Create");
  fake.push("instances.watch", { type: "changed", instance: anInstance({ id: "x", name: "x" }) });
  fireEvent.click(await screen.findByRole("button", { name: "Copy link" }));
  await expect.poll(() => writeText.mock.calls).toEqual([["http://127.0.0.1:18789/#token=secret"]]);
  expect(await screen.findByText("Link copied")).toBeTruthy();
  expect(document.body.textContent).not.toContain("secret");
});

test("what the panel refuses stands at its field, until that is changed", async () => {
  await open({
    answers: {
      "instances.create": () => {
        throw panelError("PORT_TAKEN", "Port 18791 is used by nginx.");
      },
      "users.list": () => [],
    },
  });
  type("Name", "x");
  type("ID", "x");
  type("Port", "18791");
  press("Create");
  const port = () => screen.getByRole("textbox", { name: "Port" });
  await expect.poll(() => port().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText(/The port is in use\. Port 18791 is used by nginx\./)).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("18791");
  expect(port().closest("div")?.contains(screen.getByRole("alert"))).toBe(true);
  type("Port", "18792");
  await expect.poll(() => port().getAttribute("aria-invalid")).toBeNull();
});

test("what was typed is there again when one has left and comes back", async () => {
  await open();
  type("Name", "张三");
  await expect
    .poll(() => screen.getByRole<HTMLInputElement>("textbox", { name: "ID" }).value)
    .toBe("zhangsan");
  press("Cancel");
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  fireEvent.click(await screen.findByRole("button", { name: "Create instance" }));
  await screen.findByRole("dialog", { name: "Create instance" });
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("张三");
});

test("a name that an invisible mark turns is refused for that", async () => {
  await open();
  type("Name", "a\u202eb");
  press("Create");
  expect(await screen.findByText(/invisible text-direction character/)).toBeTruthy();
});

test("it is created in its group and with its tags", async () => {
  const { fake } = await open({
    instances: [anInstance({ group: "Sales", tags: ["VIP"] })],
    answers: { "instances.create": () => new Promise<void>(() => {}) },
  });
  type("Name", "Anna");
  await expect
    .poll(() => screen.getByRole<HTMLInputElement>("textbox", { name: "ID" }).value)
    .toBe("anna");
  fireEvent.input(screen.getByLabelText("Group"), { target: { value: "x".repeat(41) } });
  press("Create");
  expect(fake.calls.some(({ path }) => path === "instances.create")).toBe(false);
  fireEvent.input(screen.getByLabelText("Group"), { target: { value: " Sales " } });
  const tags = screen.getByLabelText("Tags");
  fireEvent.input(tags, { target: { value: "VIP" } });
  fireEvent.keyDown(tags, { key: "Enter" });
  press("Create");
  await screen.findByRole("dialog", { name: "Creating Anna" });
  expect(fake.calls.at(-1)).toEqual({
    path: "instances.create",
    input: { name: "Anna", id: "anna", start: true, group: "Sales", tags: ["VIP"] },
  });
});
