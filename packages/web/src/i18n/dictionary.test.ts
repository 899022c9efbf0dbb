import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";
import { describe, expect, test } from "vitest";
import { en as enFirst } from "./en.ts";
import { enAccount } from "./en-account.ts";
import { enAudit } from "./en-audit.ts";
import { enConfig } from "./en-config.ts";
import { enDevices } from "./en-devices.ts";
import { enForms } from "./en-forms.ts";
import { enInit } from "./en-init.ts";
import { enLogs } from "./en-logs.ts";
import { enNetwork } from "./en-network.ts";
import { enRollout } from "./en-rollout.ts";
import { enUsers } from "./en-users.ts";
import { enWebhooks } from "./en-webhooks.ts";
import { paramNames } from "./message.ts";
import { zh as zhFirst } from "./zh.ts";
import { zhAccount } from "./zh-account.ts";
import { zhAudit } from "./zh-audit.ts";
import { zhConfig } from "./zh-config.ts";
import { zhDevices } from "./zh-devices.ts";
import { zhForms } from "./zh-forms.ts";
import { zhInit } from "./zh-init.ts";
import { zhLogs } from "./zh-logs.ts";
import { zhNetwork } from "./zh-network.ts";
import { zhRollout } from "./zh-rollout.ts";
import { zhUsers } from "./zh-users.ts";
import { zhWebhooks } from "./zh-webhooks.ts";

const zh = {
  ...zhFirst,
  ...zhAccount,
  ...zhAudit,
  ...zhConfig,
  ...zhDevices,
  ...zhForms,
  ...zhInit,
  ...zhLogs,
  ...zhNetwork,
  ...zhRollout,
  ...zhUsers,
  ...zhWebhooks,
};
const en = {
  ...enFirst,
  ...enAccount,
  ...enAudit,
  ...enConfig,
  ...enDevices,
  ...enForms,
  ...enInit,
  ...enLogs,
  ...enNetwork,
  ...enRollout,
  ...enUsers,
  ...enWebhooks,
};

const SOURCE = path.resolve(import.meta.dirname, "..");
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith("testing"),
  )
  .map((file) => ({ file, text: readFileSync(path.join(SOURCE, file), "utf8") }));

describe("the dictionaries", () => {
  test("have no key that nothing uses", () => {
    const code = files
      .filter(({ file }) => !/^i18n[\\/](zh|en)(-[a-z]+)?\.ts$/.test(file))
      .map(({ text }) => text)
      .join("\n");
    expect(Object.keys(zh).filter((key) => !code.includes(`"${key}"`))).toEqual([]);
  });

  test("say the same keys and values in both languages, and leave nothing empty", () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    for (const [key, message] of Object.entries(zh)) {
      const other = en[key as keyof typeof zh];
      expect(message.trim(), key).not.toBe("");
      expect(other.trim(), key).not.toBe("");
      expect(paramNames(other), key).toEqual(paramNames(message));
    }
  });

  test("part Chinese from Latin letters, digits and what stands for them by one space", () => {
    const tight = Object.entries(zh).filter(([, message]) => isTight(message));
    expect(tight.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });

  test.each([
    "3分钟",
    "第{line}行",
    "用Docker",
    "{count} 个ID",
    "CPU上限",
  ])("the search for missing spaces finds %s", (message) => expect(isTight(message)).toBe(true));

  test("leave no words in Chinese outside of the Chinese dictionaries", () => {
    const own = /^(i18n[\\/]zh(-[a-z]+)?\.ts|preferences[\\/]language-menu\.tsx)$/;
    const strings = files
      .filter(({ file }) => !own.test(file))
      .map(({ file, text }) => ({ file, text: text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "") }));
    expect(
      strings.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });
});

/** Their values are Chinese in any language. */
const CHINESE_PARAMS = /\{(place|what|fix|label|meaning|names|others|job)\}/g;

function isTight(message: string): boolean {
  const text = message.replace(CHINESE_PARAMS, "中").replace(/\{\w+\}/g, "1");
  return /\p{Script=Han}[\w/]|\w\p{Script=Han}/u.test(text);
}

/** Attributes of elements and parts whose value users read. */
const SPOKEN =
  /^(aria-label|aria-description|alt|title|label|placeholder|hint|text|description|data-tip)$/;
const LETTER = /\p{L}/u;

test("JSX has no words of its own", () => {
  const found = files
    .filter(({ file }) => file.endsWith(".tsx"))
    .flatMap(({ file, text }) => literalWords(file, text).map((words) => `${file}: ${words}`));
  expect(found).toEqual([]);
});

test("the search for words finds them", () => {
  const text = '<p title="one">two {a ? "three" : `four`} {t("five")} <Icon name="six" /></p>';
  expect(literalWords("a.tsx", `const a = ${text};`)).toEqual(["one", "two", "three", "four"]);
});

function literalWords(file: string, text: string): string[] {
  const { program, errors } = parseSync(file, text);
  expect(errors).toEqual([]);
  const found: string[] = [];
  const add = (words: string) => {
    if (LETTER.test(words)) found.push(words.trim());
  };
  const addExpression = (node: ESTree.Node): void => {
    if (node.type === "Literal" && typeof node.value === "string") add(node.value);
    if (node.type === "TemplateLiteral") for (const quasi of node.quasis) add(quasi.value.raw);
    if (node.type === "ConditionalExpression") {
      addExpression(node.consequent);
      addExpression(node.alternate);
    }
    if (node.type === "LogicalExpression") {
      addExpression(node.left);
      addExpression(node.right);
    }
  };
  const attributeContainers = new Set<ESTree.Node>();
  new Visitor({
    JSXText: (node) => add(node.value),
    JSXAttribute(node) {
      if (!node.value) return;
      attributeContainers.add(node.value);
      if (node.name.type !== "JSXIdentifier" || !SPOKEN.test(node.name.name)) return;
      addExpression(
        node.value.type === "JSXExpressionContainer" ? node.value.expression : node.value,
      );
    },
    JSXExpressionContainer(node) {
      if (!attributeContainers.has(node)) addExpression(node.expression);
    },
  }).visit(program);
  return found;
}
