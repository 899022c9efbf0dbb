import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("cells with separators are quoted, and none is a formula", () => {
  expect(
    csvOf([
      ["name", "link"],
      ['Anna "A", Berg', "=HYPERLINK(1)"],
      ["two\nlines", "@x"],
      ["张三", "-1"],
    ]),
  ).toBe(
    '\uFEFFname,link\r\n"Anna ""A"", Berg","\'=HYPERLINK(1)"\r\n"two\nlines","\'@x"\r\n张三,"\'-1"\r\n',
  );
});
