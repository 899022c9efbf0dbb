import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { STATUS } from "../testing/fake-api.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const MEMBER = { username: "zhang", displayName: "张三丰", role: "member" } as const;
const OPERATOR = { username: "olga", displayName: "Olga", role: "operator" } as const;
const mine = anInstance({ owner: "zhang" });
const places = () =>
  within(screen.getByRole("navigation", { name: "Main" }))
    .getAllByRole("link")
    .map((link) => link.textContent);

test("a member's first page is their instances, each with a button that opens it", async () => {
  const { fake } = renderApp({
    me: MEMBER,
    path: "/",
    instances: [mine],
    answers: { "instances.stop": () => null, "backups.create": () => aJob() },
  });
  expect(await screen.findByRole("heading", { level: 1, name: "My instances" })).toBeTruthy();
  expect(places()).toEqual(["Claw", "My instances", "Logs", "Backups", "Jobs"]);
  const open = await screen.findByRole<HTMLButtonElement>("button", { name: "Open 张三" });
  expect(open.disabled).toBe(false);
  fireEvent.click(screen.getByRole("button", { name: "Back up" }));
  expect(await screen.findByText("Backing up 张三")).toBeTruthy();
  expect(fake.calls).toContainEqual({
    path: "backups.create",
    input: { instanceIds: ["zhangsan"] },
  });
  fireEvent.click(screen.getByRole("button", { name: "Stop 张三" }));
  await expect.poll(() => fake.calls.map(({ path }) => path)).toContain("instances.stop");
});

test("a member on the page of an instance sees the place that it belongs to", async () => {
  renderApp({ me: MEMBER, path: "/instances/zhangsan", instances: [mine] });
  const inBar = (name: string) =>
    within(screen.getByRole("navigation", { name: "Main" })).getByRole("link", { name });
  expect(inBar("My instances").className).toContain("font-medium");
  expect(inBar("Logs").className).not.toContain("font-medium");
});

test("a member without an instance is told how they get one", async () => {
  renderApp({ me: MEMBER, path: "/" });
  expect(await screen.findByText("No instance is assigned to you yet")).toBeTruthy();
});

test("a member is not offered what they may not do", async () => {
  renderApp({ me: MEMBER, path: "/instances/zhangsan/danger", instances: [mine] });
  const tabs = await screen.findAllByRole("tab");
  expect(tabs.map((tab) => tab.textContent)).not.toContain("Danger zone");
  expect(screen.queryByText("Data folder")).toBeNull();
});

test("a page that is not for a role says why, and who can help", async () => {
  renderApp({ me: OPERATOR, path: "/users" });
  expect(await screen.findByText("This page is not available to olga (Operator).")).toBeTruthy();
  expect(screen.getByText(/Ask an administrator to do it/)).toBeTruthy();
  expect(places()).toEqual([
    "Claw",
    "Dashboard",
    "Instances",
    "Logs",
    "Backups",
    "Jobs",
    "System",
    "Audit",
  ]);
});

test("an operator sees whose an instance is, and cannot give it away", async () => {
  renderApp({ me: OPERATOR, instances: [mine] });
  const row = screen.getByRole("row", { name: /张三/ });
  expect(within(row).getByRole("cell", { name: "zhang" })).toBeTruthy();
  fireEvent.click(within(row).getByRole("checkbox"));
  expect(await screen.findByRole("button", { name: "Delete…" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Assign…" })).toBeNull();
});

test("everybody is warned while unsafe templates are allowed; an administrator ends that", async () => {
  const answers = {
    "system.status": () => ({ ...STATUS, allowUnsafeTemplates: true }),
    "system.saveSettings": () => null,
  };
  const { unmount } = renderApp({ me: MEMBER, path: "/", answers });
  expect(await screen.findByText("Unsafe templates are allowed")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "View" })).toBeNull();
  unmount();
  const { fake } = renderApp({ path: "/system", answers });
  expect(await screen.findByRole("link", { name: "View" })).toBeTruthy();
  fireEvent.click(await screen.findByRole("switch", { name: "Allow unsafe templates" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "system.saveSettings")?.input)
    .toEqual({ allowUnsafeTemplates: false });
});

test("a member initialises what is theirs, from the first page and from the instance's", async () => {
  const { fake } = renderApp({
    me: MEMBER,
    path: "/",
    instances: [mine],
    answers: { "instances.init": () => aJob({ kind: "init", instanceId: "zhangsan" }) },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Initialise 张三" }));
  const dialog = await screen.findByRole("dialog", { name: "Initialise 张三" });
  fireEvent.click(within(dialog).getByRole("button", { name: "Initialise" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.init")?.input)
    .toEqual({ id: "zhangsan" });
});

test("the page of a member's instance offers to initialise it", async () => {
  renderApp({ me: MEMBER, path: "/instances/zhangsan", instances: [mine] });
  expect(await screen.findByRole("button", { name: "Initialise" })).toBeTruthy();
});

test("an administrator gives an instance away from its row", async () => {
  const { fake } = renderApp({
    instances: [mine],
    answers: {
      "users.list": () => [{ username: "li", displayName: "李四" }],
      "instances.assign": () => null,
    },
  });
  const more = screen.getByRole("button", { name: "More actions for 张三" });
  for (const type of ["pointerDown", "pointerUp"] as const)
    fireEvent[type](more, { button: 0, pointerType: "mouse" });
  const item = await screen.findByRole("menuitem", { name: "Assign…" });
  for (const type of ["pointerDown", "pointerUp"] as const)
    fireEvent[type](item, { button: 0, pointerType: "mouse" });
  const dialog = await screen.findByRole("dialog", { name: "Assign 1 instance" });
  fireEvent.click(within(dialog).getByRole("button", { name: "Owner: zhang" }));
  fireEvent.click(await screen.findByRole("option", { name: "李四 li" }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Assign" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.assign")?.input)
    .toEqual({ ids: ["zhangsan"], owner: "li" });
});

test("everybody is warned while the panel's disk is full", async () => {
  renderApp({
    me: MEMBER,
    path: "/",
    answers: { "system.status": () => ({ ...STATUS, isDiskShort: true }) },
  });
  expect(await screen.findByText("The panel's disk is full")).toBeTruthy();
});
