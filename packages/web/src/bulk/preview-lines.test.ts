import { expect, test } from "vitest";
import { itemsOf, MOST_LINES, previewLines } from "./preview-lines.ts";

const preview = (text: string, existing: string[] = []) => previewLines(text, new Set(existing));
const problems = async (text: string, existing: string[] = []) =>
  (await preview(text, existing)).map(({ problem }) => problem?.code ?? null);

test("a name alone gets an id that nobody has and no other line asks for", async () => {
  const lines = await preview("张三\n张三\nzhangsan-2 另一个", ["zhangsan"]);
  expect(lines.map(({ id, proposed, problem }) => [id, proposed, problem])).toEqual([
    ["zhangsan-3", true, null],
    ["zhangsan-4", true, null],
    ["zhangsan-2", false, null],
  ]);
});

test("says what is wrong, line by line", async () => {
  expect(
    await problems(
      [
        "Zhang_San 张三",
        "con Con",
        "anna Anna",
        "anna Anna B",
        "bob Bob",
        `cy ${"x".repeat(65)}`,
        "a,b,c",
        "🦞",
      ].join("\n"),
      ["bob"],
    ),
  ).toEqual(["id", "device", null, "duplicate", "exists", "name", "columns", "noId"]);
});

test("a duplicate names the line that was first", async () => {
  const lines = await preview("\nanna Anna\nanna Anna B");
  expect(lines[1]?.problem).toEqual({ code: "duplicate", line: 2 });
});

test("takes at most two hundred, and only what is right is made", async () => {
  const text = Array.from({ length: MOST_LINES + 1 }, (_, index) => `u${index} User`).join("\n");
  const lines = await preview(text, ["u0"]);
  expect(lines.at(-1)?.problem).toEqual({ code: "tooMany" });
  expect(itemsOf(lines)).toHaveLength(MOST_LINES - 1);
  expect(itemsOf(lines)[0]).toEqual({ id: "u1", name: "User" });
});

test("a third column is one of the users who may own instances", async () => {
  const users = new Set(["zhang", "berg"]);
  const lines = await previewLines(
    "zhangsan 张三 zhang\nanna Anna Berg\nbob\tBob\tBERG\ncy,Cy,nobody\nd,D,zhang,x",
    new Set(),
    users,
  );
  expect(lines.map(({ id, name, owner, problem }) => [id, name, owner, problem?.code])).toEqual([
    ["zhangsan", "张三", "zhang", undefined],
    ["anna", "Anna Berg", undefined, undefined],
    ["bob", "Bob", "berg", undefined],
    ["cy", "Cy", "nobody", "owner"],
    ["d", "D", "zhang", "columns"],
  ]);
  expect(itemsOf(lines)[0]).toEqual({ id: "zhangsan", name: "张三", owner: "zhang" });
});
