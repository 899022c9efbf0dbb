import { InstanceId } from "@claw/core/instance";
import { expect, test } from "vitest";
import { proposeId } from "./propose-id.ts";

test.each([
  ["张三", "zhangsan"],
  ["单雄信", "shanxiongxin"],
  ["王五（市场部）", "wangwu-shichangbu"],
  ["李四 2号", "lisi-2hao"],
  ["吕布", "lvbu"],
  ["Anna Berg", "anna-berg"],
  ["  Zoë  Müller ", "zoe-muller"],
  ["--a__b--", "a-b"],
  ["Con", "con-2"],
  ["🙂", ""],
  ["", ""],
  ["x".repeat(64), "x".repeat(40)],
  [`${"a".repeat(39)} b`, "a".repeat(39)],
])("%s → %s", async (name, id) => {
  expect(await proposeId(name, new Set())).toBe(id);
  if (id !== "") expect(InstanceId.safeParse(id).success).toBe(true);
});

test("avoids what is taken, within the length that an id may have", async () => {
  expect(await proposeId("张三", new Set(["zhangsan", "zhangsan-2"]))).toBe("zhangsan-3");
  const long = "x".repeat(40);
  expect(await proposeId(long, new Set([long]))).toBe(`${"x".repeat(38)}-2`);
});
