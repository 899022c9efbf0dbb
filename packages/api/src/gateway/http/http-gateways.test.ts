import { expect, test } from "vitest";
import { Upstream } from "../../../tests/support/upstream.ts";
import { createHttpGateways } from "./http-gateways.ts";

const HEADER = "x-claw-user-0123";

test.each([
  [200, "trusted"],
  [401, "refused"],
  [403, "refused"],
  [404, "silent"],
  [500, "silent"],
])("a gateway that answers with %i is %s", async (status, trust) => {
  await using upstream = await Upstream.open();
  upstream.answer = (_, response) => void response.writeHead(status).end();
  const endpoint = { host: "127.0.0.1", port: upstream.port };
  const target = { endpoint, header: HEADER, origin: "http://a-1.localhost:8000" };
  expect(await createHttpGateways().trust(target, "panel")).toBe(trust);
  expect(upstream.seen[0]?.rawHeaders.join("\n")).toBe(
    [
      ...["host", "a-1.localhost:8000", "x-forwarded-for", "192.0.2.1"],
      ...["x-forwarded-proto", "http", "x-forwarded-host", "a-1.localhost:8000"],
      ...[HEADER, "panel", "Connection", "close"],
    ].join("\n"),
  );
});

test("one that does not answer, or is not there, proves nothing", async () => {
  const upstream = await Upstream.open();
  upstream.answer = () => undefined;
  const endpoint = { host: "127.0.0.1", port: upstream.port };
  const target = { endpoint, header: HEADER, origin: "http://a-1.localhost" };
  expect(await createHttpGateways(50).trust(target, "panel")).toBe("silent");
  await upstream[Symbol.asyncDispose]();
  expect(await createHttpGateways().trust(target, "panel")).toBe("silent");
});
