import { expect, test } from "vitest";
import { romaniseNames } from "./romanised.ts";

test("syllables and initials of Chinese names; others are typed as they are", async () => {
  expect([...(await romaniseNames(["张三", "单于", "Anna"]))]).toEqual([
    ["张三", "zhangsan zs"],
    ["单于", "shanyu sy"],
  ]);
});
