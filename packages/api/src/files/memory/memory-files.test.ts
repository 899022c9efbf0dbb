import { describeFiles } from "../files.contract.ts";
import { createMemoryFiles } from "./memory-files.ts";

describeFiles("memory", async () => {
  const files = createMemoryFiles({ "x.yml": "{{ x }}" });
  return { files, compose: async () => files.compose, [Symbol.asyncDispose]: async () => {} };
});
