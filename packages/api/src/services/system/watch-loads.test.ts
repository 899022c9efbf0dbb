import { expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import type { GatewayLoad } from "../../gateway/gateway.ts";
import { createMemoryGateways } from "../../gateway/memory/memory-gateways.ts";
import { createInstance } from "../instance/create-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";

/** A panel with running instances that open through it, and the ids of whom it has asked. */
async function setUp(ids: readonly string[] = ["anna"]) {
  const gateways = createMemoryGateways();
  const asked: string[] = [];
  const { load } = gateways;
  gateways.load = (target) => {
    asked.push(target.id);
    return load(target);
  };
  const panel = await createTestPanel({ gateways, timing: { openclawVersion: "2026.9.6" } });
  const { board } = panel.context.runtime.live;
  for (const id of ids) {
    await createInstance(panel.context, { id, name: id, start: true });
    await panel.until(id, "running");
    await eventually(() => expect(board.specOf(id)?.ingress?.proven).toBe(true));
  }
  // It had nobody to ask when it began.
  await pass(panel, 30_000);
  const gatewayOf = (id: string) =>
    gateways.of({ header: board.specOf(id)?.ingress?.header ?? "" });
  return { panel, asked, gatewayOf };
}

/** Lets time pass, and what was due be done. */
async function pass({ host }: TestPanel, ms: number): Promise<void> {
  host.advance(ms);
  await settled();
}

/** Docker's check fails from now on; the code of the status then. */
async function fallSilent(panel: TestPanel, id = "anna"): Promise<string | undefined> {
  panel.engine.setBusy(id, true);
  const { board } = panel.context.runtime.live;
  const signal = AbortSignal.timeout(5_000);
  const seen = await board.until(id, (now) => (now?.statusDetail ?? null) !== null, signal);
  expect(seen?.status).toBe("running");
  return seen?.statusDetail?.code;
}

test.each([
  [true, "BUSY"],
  [false, "SILENT"],
])("the load before the silence decides: busy %s, so %s", async (isBusy, code) => {
  const { panel: made, asked, gatewayOf } = await setUp();
  await using panel = made;
  gatewayOf("anna").load = { isBusy, delayP99Ms: 1_400 };
  await pass(panel, 30_000);
  expect(asked).toEqual(["anna"]);
  gatewayOf("anna").mood = "silent";
  expect(await fallSilent(panel)).toBe(code);
  await pass(panel, 30_000);
  expect(asked, "a silent one is asked on").toEqual(["anna", "anna"]);
  expect(panel.context.runtime.live.board.get("anna").statusDetail?.code).toBe(code);
});

test("one that answers the panel does not hang, whatever Docker's check says", async () => {
  const { panel: made } = await setUp();
  await using panel = made;
  await pass(panel, 30_000);
  expect(await fallSilent(panel)).toBe("SILENT");
  // The engine's clock has to go on between the two.
  await eventually(async () => {
    await pass(panel, 30_000);
    expect(panel.context.runtime.live.board.get("anna").statusDetail?.code).toBe("BUSY");
  });
});

test.each(["off", "refusing", "broken"] as const)("one that is %s tells nothing", async (mood) => {
  const { panel: made, gatewayOf } = await setUp();
  await using panel = made;
  await pass(panel, 30_000);
  gatewayOf("anna").mood = mood;
  await pass(panel, 30_000);
  expect(await fallSilent(panel)).toBe("BUSY");
});

test("the questions are spread over the time, and only gateways that run get one", async () => {
  const { panel: made, asked } = await setUp(["anna", "ben", "cara"]);
  await using panel = made;
  for (const expected of [["anna"], ["anna", "ben"], ["anna", "ben", "cara"]]) {
    await pass(panel, 10_000);
    expect(asked).toEqual(expected);
  }
  await stopInstance(panel.context, "ben");
  for (let turn = 0; turn < 3; turn++) await pass(panel, 10_000);
  expect(asked).toEqual(["anna", "ben", "cara", "anna", "cara"]);
});

test("a gateway is not asked again while it owes an answer, which counts for its run alone", async () => {
  const { panel: made } = await setUp();
  await using panel = made;
  const answer = Promise.withResolvers<GatewayLoad>();
  let questions = 0;
  panel.context.runtime.gateways.load = () => {
    questions += 1;
    return answer.promise;
  };
  await pass(panel, 30_000);
  await pass(panel, 30_000);
  expect(questions).toBe(1);
  await restartInstance(panel.context, "anna");
  await panel.until("anna", "running");
  answer.resolve({ isBusy: false, delayP99Ms: 11 });
  await settled();
  expect(await fallSilent(panel)).toBe("BUSY");
});
