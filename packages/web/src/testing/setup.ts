import { cleanup, configure } from "@solidjs/testing-library";
import { afterEach, beforeEach } from "vitest";
import { showLanguage, withTexts } from "../i18n/i18n.ts";
import { clearToasts } from "../ui/toast.tsx";

/** jsdom has no layout; drawing functions may do nothing. */
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResizeObserver;
Range.prototype.getClientRects ??= () => Object.assign([], { item: () => null });
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= () => {};
window.scrollTo = () => {};
window.matchMedia ??= (media: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  });

// Loading on demand takes a while on a busy machine.
configure({ asyncUtilTimeout: 5000 });

// Tests also show parts of pages without the page.
await withTexts(
  Promise.resolve(),
  ...([
    "account",
    "audit",
    "config",
    "devices",
    "forms",
    "init",
    "logs",
    "network",
    "rollout",
    "users",
    "webhooks",
  ] as const),
);
beforeEach(async () => {
  localStorage.clear();
  await showLanguage("en");
});
afterEach(() => {
  cleanup();
  clearToasts();
});
