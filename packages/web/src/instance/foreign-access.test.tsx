import { fireEvent, screen } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

afterEach(() => vi.restoreAllMocks());

test("a colleague's instance says that one only looks, and offers full access", async () => {
  vi.spyOn(window, "open").mockReturnValue(null);
  const { fake } = renderApp({
    path: "/instances/zhangsan",
    instances: [anInstance({ owner: "mina" })],
    answers: {
      "instances.open": () => ({
        url: "http://panel/open/zhangsan/x?access=full",
        expiresAt: null,
      }),
    },
  });
  expect(await screen.findByText(/belongs to mina/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Open with full access…" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.open")?.input)
    .toEqual({ id: "zhangsan", access: "full" });
});

test("an instance of nobody opens as it is", async () => {
  renderApp({ path: "/instances/zhangsan", instances: [anInstance({ owner: null })] });
  expect(await screen.findByRole("heading", { name: "张三" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Open with full access…" })).toBeNull();
});
