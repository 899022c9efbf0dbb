import { expect, test } from "vitest";
import type { Endpoint } from "../../engine/engine.ts";
import { createEndpoints } from "./endpoints.ts";

const anna = { id: "anna", uid: "1" };
const at = (port: number): Endpoint => ({ host: "127.0.0.1", port });

function withAnswers(...answers: (Endpoint | null)[]) {
  const instance = { startedAt: "1", isServing: true, isGoingDown: false };
  const endpointOf = createEndpoints(
    { endpoint: async () => answers.shift() ?? null },
    {
      board: { find: () => instance, isServing: () => instance.isServing },
      drains: { isGoingDown: () => instance.isGoingDown },
    },
  );
  return { instance, endpointOf };
}

test("the endpoint of a run is asked for once", async () => {
  const { instance, endpointOf } = withAnswers(at(1), at(2), at(3));
  expect([await endpointOf(anna), await endpointOf(anna)]).toEqual([at(1), at(1)]);
  instance.startedAt = "2";
  expect(await endpointOf(anna)).toEqual(at(2));
  expect(await endpointOf({ id: "anna", uid: "2" })).toEqual(at(3));
});

test("a container that is paused is reached again afterwards", async () => {
  const { endpointOf } = withAnswers(null, at(1));
  expect([await endpointOf(anna), await endpointOf(anna)]).toEqual([null, at(1)]);
});

test("only a running instance is asked for", async () => {
  const { instance, endpointOf } = withAnswers(at(1));
  instance.isServing = false;
  expect(await endpointOf(anna)).toBeNull();
});

test("one that goes down gets no more requests, and is reached again if it stays", async () => {
  const { instance, endpointOf } = withAnswers(at(1));
  expect(await endpointOf(anna)).toEqual(at(1));
  instance.isGoingDown = true;
  expect(await endpointOf(anna)).toBeNull();
  instance.isGoingDown = false;
  expect(await endpointOf(anna)).toEqual(at(1));
});
