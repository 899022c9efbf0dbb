import { createEffect, createRoot } from "solid-js";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  chooseLanguage,
  firstLanguage,
  LANGUAGE_KEY,
  language,
  showLanguage,
  t,
  withTexts,
} from "./i18n.ts";

afterEach(() => vi.restoreAllMocks());

const speak = (...tags: string[]) => vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);

describe("the first language", () => {
  test("is the first of the browser's that there is", () => {
    speak("fr-FR", "zh-TW", "en");
    expect(firstLanguage()).toBe("zh");
    speak("en-US", "zh-CN");
    expect(firstLanguage()).toBe("en");
  });

  test("is English where none of the browser's is known", () => {
    speak("fr-FR");
    expect(firstLanguage()).toBe("en");
  });

  test("is the one that was chosen before, if any", async () => {
    speak("en-US");
    await chooseLanguage("zh");
    expect(firstLanguage()).toBe("zh");
    localStorage.setItem(LANGUAGE_KEY, "xx");
    expect(firstLanguage()).toBe("en");
  });
});

test("a switch changes what is shown, without a reload", async () => {
  const shown: string[] = [];
  const dispose = createRoot((dispose) => {
    createEffect(() => shown.push(t("nav.instances")));
    return dispose;
  });
  await showLanguage("zh");
  expect([language(), document.documentElement.lang]).toEqual(["zh", "zh-CN"]);
  expect(shown).toEqual(["Instances", "实例"]);
  dispose();
});

test("of two switches the last one counts", async () => {
  await Promise.all([showLanguage("zh"), showLanguage("en")]);
  expect(language()).toBe("en");
});

test("who is overtaken waits for the choice that is shown", async () => {
  const first = showLanguage("zh");
  void showLanguage("en");
  await first;
  expect(language()).toBe("en");
});

test("the texts of a page that few open come with it, and with each language from then on", async () => {
  vi.resetModules();
  const i18n = await import("./i18n.ts");
  await i18n.showLanguage("en");
  expect(i18n.t("network.settings")).toBe("network.settings");
  expect(await i18n.withTexts(Promise.resolve("the page"), "network")).toBe("the page");
  expect([i18n.t("network.settings"), i18n.language()]).toEqual(["Settings", "en"]);
  await i18n.showLanguage("zh");
  expect(i18n.t("network.settings")).toBe("设置");
});

test("a language chosen meanwhile has the texts of the page, too", async () => {
  const loading = withTexts(Promise.resolve(), "network");
  const chosen = showLanguage("zh");
  await loading;
  expect([t("network.settings"), t("nav.instances")]).toEqual(["设置", "实例"]);
  await chosen;
});

test("the texts of another page change nothing that is shown", async () => {
  await showLanguage("en");
  const changed = vi.fn();
  await createRoot(async (dispose) => {
    createEffect(() => changed(t("nav.instances")));
    await withTexts(Promise.resolve(), "network");
    await withTexts(Promise.resolve(), "network");
    dispose();
  });
  expect([t("network.settings"), changed.mock.calls.length]).toEqual(["Settings", 1]);
});
