import { expect, test } from "vitest";
import { aBackup } from "../testing/fixtures.ts";
import { estimate } from "./estimate.ts";

const of = (id: string, bytes: number) => ({ id, name: id, bytes, files: 1 });

test("goes by the newest backup of each instance", () => {
  const backups = [
    aBackup({ instances: [of("a", 5)] }),
    aBackup({ instances: [of("a", 9), of("b", 7)] }),
  ];
  expect(estimate(["a", "b"], backups)).toEqual({ bytes: 12, known: 2 });
  expect(estimate(["b", "c"], backups)).toEqual({ bytes: 7, known: 1 });
  expect(estimate(["c"], [])).toEqual({ bytes: 0, known: 0 });
});
