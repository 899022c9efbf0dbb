import { describeRepository } from "../backup-repository.contract.ts";
import { createMemoryRepository } from "./memory-repository.ts";

describeRepository("memory", async () => {
  const repository = createMemoryRepository();
  return { repository, reopen: async () => repository, [Symbol.asyncDispose]: async () => {} };
});
