import { describeHost } from "../src/host/host.contract.ts";
import { FakeHost } from "./support/fake-host.ts";

describeHost("fake", () => {
  const host = new FakeHost();
  return {
    host,
    pass: async (ms) => host.advance(ms),
    command({ lines, exitCode }) {
      host.program = async (_command, { onLine }) => {
        for (const line of lines) onLine(line);
        return exitCode === null ? new Promise(() => {}) : { exitCode };
      };
      return ["program"];
    },
  };
});
