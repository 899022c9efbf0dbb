import { fireEvent, screen } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

afterEach(() => vi.restoreAllMocks());

const BEFORE = "2026-11-22T08:00:00.000Z";
const AFTER = "2026-11-22T09:00:00.000Z";
const stopped = anInstance({ status: "stopped", desired: "stopped", updatedAt: BEFORE });
const starting = anInstance({ status: "starting", updatedAt: AFTER });
const URL_OF_IT = "http://127.0.0.1:18789/#token=abc";

function aTab() {
  const replace = vi.fn();
  const close = vi.fn();
  const document = window.document.implementation.createHTMLDocument();
  const tab = { opener: window, location: { replace }, close, document };
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  return { replace, close, document };
}

test("a member opens a stopped instance with one press, in a tab that waits for its start", async () => {
  const tab = aTab();
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [stopped],
    answers: {
      "instances.start": () => starting,
      "instances.open": () => ({ url: URL_OF_IT, expiresAt: null }),
    },
  });
  const pushed = (instance: typeof starting) =>
    fake.push("instances.watch", { type: "changed", instance });
  fireEvent.click(await screen.findByRole("button", { name: "Start and open 张三" }));
  expect(tab.document.body.textContent).toContain("张三 is starting");
  await expect.poll(() => fake.calls.some(({ path }) => path === "instances.start")).toBe(true);
  pushed(starting);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Start and open 张三" });
  expect([button.disabled, button.textContent]).toEqual([true, "Starting…"]);
  expect(fake.calls.some(({ path }) => path === "instances.open")).toBe(false);
  pushed({ ...starting, status: "running" });
  await expect.poll(() => tab.replace.mock.calls).toEqual([[URL_OF_IT]]);
  expect(await screen.findByRole("button", { name: "Open 张三" })).toBeTruthy();
});

test("the tab closes when the start fails, and the page says so", async () => {
  const tab = aTab();
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [stopped],
    answers: {
      "instances.start": () => starting,
      "instances.open": () => {
        throw panelError("INSTANCE_NOT_RUNNING", "…");
      },
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Start and open 张三" }));
  await expect.poll(() => fake.calls.some(({ path }) => path === "instances.start")).toBe(true);
  fake.push("instances.watch", { type: "changed", instance: { ...starting, status: "error" } });
  expect(await screen.findByText("Could not open 张三")).toBeTruthy();
  expect(tab.close).toHaveBeenCalledOnce();
});
