import { expect, test } from "vitest";
import { parseLines } from "./parse-lines.ts";

const pairs = (text: string) => parseLines(text).map(({ id, name }) => [id, name]);

test("columns are parted by tabs, commas or blanks", () => {
  expect(pairs("zhangsan\t张三\nlisi, 李四\nwangwu，王五\nzhaoliu 赵 六")).toEqual([
    ["zhangsan", "张三"],
    ["lisi", "李四"],
    ["wangwu", "王五"],
    ["zhaoliu", "赵 六"],
  ]);
});

test("a single column is a name, with blanks too where it cannot be an id", () => {
  expect(pairs("张三\nAnna Berg\nCarla Díaz\nanna Berg\nanna")).toEqual([
    [undefined, "张三"],
    [undefined, "Anna Berg"],
    [undefined, "Carla Díaz"],
    ["anna", "Berg"],
    [undefined, "anna"],
  ]);
});

test("what is meant as an id stays one, so that it can be called wrong", () => {
  expect(pairs("Zhang_San 张三\nLi.Si,李四")).toEqual([
    ["Zhang_San", "张三"],
    ["Li.Si", "李四"],
  ]);
});

test("takes a spreadsheet as it comes: heading, empty rows and cells, quotes, name first", () => {
  expect(pairs('ID\tName\r\n\r\nzhangsan\t"张三"\t\t\r\n李四\tlisi\r\n\t王五\r\n')).toEqual([
    ["zhangsan", "张三"],
    ["lisi", "李四"],
    [undefined, "王五"],
  ]);
});

test("keeps the numbers of the lines, and tells surplus columns", () => {
  expect(parseLines("\n\na,b,c")).toEqual([
    { number: 3, text: "a,b,c", id: "a", name: "b", surplus: true },
  ]);
});
