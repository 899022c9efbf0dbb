import { describeGateways } from "../gateways.contract.ts";
import { createMemoryGateways } from "./memory-gateways.ts";

describeGateways("memory", async () => {
  const gateways = createMemoryGateways();
  const target = {
    id: "anna",
    endpoint: { host: "127.0.0.1", port: 1 },
    header: "x-claw-user-0123",
    origin: "http://a-1.localhost:8000",
  };
  return {
    ...{ gateways, target, gateway: gateways.of(target) },
    [Symbol.asyncDispose]: async () => undefined,
  };
});
