import type { User } from "@claw/core/access/user";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../../testing/fake-api.ts";
import { anInstance, aUser } from "../../testing/fixtures.ts";
import { renderApp } from "../../testing/render-app.tsx";

const LINK = {
  code: "once",
  url: "https://panel.example/invite#code=once",
  expiresAt: "2026-11-23T08:00:00.000Z",
};

async function choose(menu: string, entry: string) {
  fireEvent.pointerDown(await screen.findByRole("button", { name: menu }), {
    button: 0,
    pointerType: "mouse",
  });
  const item = await screen.findByRole("menuitem", { name: entry });
  fireEvent.pointerDown(item, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(item, { button: 0, pointerType: "mouse" });
  await expect.poll(() => screen.queryByRole("menu")).toBeNull();
}

test("a new user gets a one-time link, whose code is in the fragment", async () => {
  const { fake } = renderApp({
    path: "/users",
    answers: {
      "users.list": () => [aUser()],
      "users.create": () => aUser({ username: "li", displayName: "Li", hasPassword: false }),
      "users.resetLink": () => LINK,
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Create user" }));
  const dialog = await screen.findByRole("dialog", { name: "Create user" });
  const name = within(dialog).getByLabelText("User name");
  fireEvent.input(name, { target: { value: "Li Si" } });
  expect(name.getAttribute("aria-invalid")).toBe("true");
  fireEvent.input(name, { target: { value: "li" } });
  fireEvent.input(within(dialog).getByLabelText("Display name"), { target: { value: "Li" } });
  fireEvent.click(within(dialog).getByRole("radio", { name: "Operator" }));
  fireEvent.submit(name.closest("form") as HTMLFormElement);
  const link = await screen.findByLabelText<HTMLInputElement>("One-time link");
  expect(link.value).toBe(LINK.url);
  expect(fake.calls.find(({ path }) => path === "users.create")?.input).toEqual({
    username: "li",
    displayName: "Li",
    role: "operator",
  });
});

test("an invitation follows the name, and ends with a link that is shown once", async () => {
  const link = {
    url: "http://panel.example/invite#code=once",
    expiresAt: "2026-11-29T08:00:00.000Z",
  };
  let refuses = true;
  const { fake } = renderApp({
    path: "/users",
    answers: {
      "users.list": () => [aUser()],
      "users.invite": () => {
        if (refuses) throw panelError("INSTANCE_EXISTS", "…");
        return link;
      },
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = await screen.findByRole("dialog", { name: "Invite a colleague" });
  const field = (name: string) => within(dialog).getByLabelText<HTMLInputElement>(name);
  const fill = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
  const submit = () => fireEvent.submit(field("Display name").closest("form") as HTMLFormElement);
  fill("Display name", "李四");
  await expect.poll(() => [field("User name").value, field("ID").value]).toEqual(["lisi", "lisi"]);
  fill("User name", "Zhang");
  expect(field("User name").getAttribute("aria-invalid")).toBe("true");
  submit();
  fill("User name", "li");
  submit();
  await expect.poll(() => field("ID").getAttribute("aria-invalid")).toBe("true");
  refuses = false;
  fill("ID", "lisi2");
  submit();
  await screen.findByRole("dialog", { name: "Invitation for 李四" });
  expect(screen.getByLabelText<HTMLInputElement>("One-time link").value).toBe(link.url);
  expect(screen.getByRole("img", { name: "QR code of the invitation for 李四" })).toBeTruthy();
  const sent = fake.calls.filter(({ path }) => path === "users.invite");
  expect(sent.map(({ input }) => input)).toEqual([
    { username: "li", displayName: "李四", instance: { id: "lisi", name: "李四" } },
    { username: "li", displayName: "李四", instance: { id: "lisi2", name: "李四" } },
  ]);
});

test("an invitation may be for an account only", async () => {
  const { fake } = renderApp({
    path: "/users",
    answers: {
      "users.list": () => [aUser()],
      "users.invite": () => ({
        url: "http://panel.example/invite#code=x",
        expiresAt: LINK.expiresAt,
      }),
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = await screen.findByRole("dialog", { name: "Invite a colleague" });
  const name = within(dialog).getByLabelText<HTMLInputElement>("Display name");
  fireEvent.input(name, { target: { value: "Li" } });
  fireEvent.click(within(dialog).getByRole("switch", { name: "Create an instance that they own" }));
  expect(within(dialog).queryByLabelText("ID")).toBeNull();
  await expect
    .poll(() => within(dialog).getByLabelText<HTMLInputElement>("User name").value)
    .toBe("li");
  fireEvent.submit(name.closest("form") as HTMLFormElement);
  await screen.findByRole("dialog", { name: "Invitation for Li" });
  expect(fake.calls.find(({ path }) => path === "users.invite")?.input).toEqual({
    username: "li",
    displayName: "Li",
  });
});

test("a user name that somebody has is refused at its field, until another one stands there", async () => {
  renderApp({
    path: "/users",
    answers: {
      "users.list": () => [aUser()],
      "users.create": () => {
        throw panelError("USER_EXISTS", "…");
      },
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Create user" }));
  const dialog = await screen.findByRole("dialog", { name: "Create user" });
  const name = within(dialog).getByLabelText("User name");
  fireEvent.input(name, { target: { value: "zhang" } });
  fireEvent.input(within(dialog).getByLabelText("Display name"), { target: { value: "Zhang" } });
  fireEvent.submit(name.closest("form") as HTMLFormElement);
  const alert = await within(dialog).findByRole("alert");
  expect(alert.textContent).toBe("This user name is taken. Choose another one.");
  expect(name.getAttribute("aria-describedby")).toContain(alert.parentElement?.id);
  fireEvent.input(name, { target: { value: "zhang2" } });
  expect(name.getAttribute("aria-invalid")).toBeNull();
});

test("somebody is disabled at once; the last administrator is not, and it is said why", async () => {
  const answers = {
    "users.list": () => [aUser()],
    "users.update": (): User => aUser({ disabled: true }),
  };
  const { fake } = renderApp({ path: "/users", answers });
  await choose("More actions for 张三丰", "Disable");
  expect(await screen.findByText("张三丰 is disabled and signed out")).toBeTruthy();
  fake.answers["users.update"] = () => {
    throw panelError("LAST_ADMINISTRATOR", "…");
  };
  await choose("More actions for 张三丰", "Disable");
  expect(await screen.findByText(/This is the last administrator/)).toBeTruthy();
});

test("deleting says which instances become nobody's", async () => {
  const { fake } = renderApp({
    path: "/users",
    answers: { "users.list": () => [aUser()], "users.remove": () => null },
  });
  await choose("More actions for 张三丰", "Delete…");
  const dialog = await screen.findByRole("dialog", { name: "Delete 张三丰" });
  expect(within(dialog).getByText("zhangsan")).toBeTruthy();
  fireEvent.click(within(dialog).getByRole("button", { name: "Delete user" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "users.remove")?.input)
    .toEqual({ username: "zhang" });
});

test("chosen instances are given to somebody", async () => {
  const { fake } = renderApp({
    instances: [anInstance({ owner: "zhang" })],
    answers: { "users.list": () => [aUser()], "instances.assign": () => [] },
  });
  fireEvent.click(screen.getByRole("checkbox", { name: "Select 张三" }));
  fireEvent.click(await screen.findByRole("button", { name: "Assign…" }));
  const dialog = await screen.findByRole("dialog", { name: "Assign 1 instance" });
  fireEvent.submit(dialog.querySelector("form") as HTMLFormElement);
  expect(await screen.findByText("Assigned to zhang")).toBeTruthy();
  expect(fake.calls.find(({ path }) => path === "instances.assign")?.input).toEqual({
    ids: ["zhangsan"],
    owner: "zhang",
  });
});
