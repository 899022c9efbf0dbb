import { afterEach, expect, test, vi } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { accessLink, linkHint, openInstance } from "./open-instance.tsx";

afterEach(() => vi.restoreAllMocks());

function aTab() {
  const replace = vi.fn();
  const close = vi.fn();
  const tab = { opener: window, location: { replace }, close };
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  return { tab, replace, close };
}

test("opens the tab during the click, cut off from this page, and sends it to the link", async () => {
  const { tab, replace } = aTab();
  const url = "http://127.0.0.1:18789/#token=abc";
  const { api } = createFakeApi({ "instances.open": () => ({ url, expiresAt: null }) });
  const opened = openInstance(api, "zhangsan");
  expect(window.open).toHaveBeenCalledOnce();
  expect(tab.opener).toBeNull();
  await opened;
  expect(replace).toHaveBeenCalledWith(url);
});

test("closes the tab when there is no link", async () => {
  const { close } = aTab();
  const { api } = createFakeApi({
    "instances.open": () => {
      throw panelError("INSTANCE_NOT_RUNNING", "It does not run.");
    },
  });
  await expect(openInstance(api, "zhangsan")).rejects.toThrow("It does not run.");
  expect(close).toHaveBeenCalledOnce();
});

test("goes to web addresses only", async () => {
  const { api } = createFakeApi({
    "instances.open": () => ({ url: "javascript:alert(1)", expiresAt: null }),
  });
  await expect(accessLink(api, "zhangsan")).rejects.toThrow("Not a web address");
});

test("only a link with a token is called a secret", () => {
  expect(linkHint("http://127.0.0.1:18789/#token=abc")).toContain("access token");
  expect(linkHint("https://panel.example/open/anna/anna-0123456789")).toContain("no secret");
});
