import { createEffect, createRoot } from "solid-js";
import { afterEach, describe, expect, test, vi } from "vitest";
import { chooseLanguage, firstLanguage, LANGUAGE_KEY, language, showLanguage, t } from "./i18n.ts";

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
