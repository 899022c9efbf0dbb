import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { assignInstances } from "./assign-instances.ts";

test("an assignment that fails half way leaves the previous owner no stream of what was assigned", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const mina = await haveUser(context.store, "mina", "member");
  await haveUser(context.store, "olaf", "member");
  for (const [n, id] of ["anna", "ben"].entries()) {
    const spec = specOf({ id, uid: `${n}`.repeat(32), port: 20_000 + n, owner: mina.id });
    context.runtime.live.board.setSpec(
      await context.store.insertInstance(() => ({ ...spec, subnet: `10.213.0.${n * 8}/29` })),
    );
  }
  const { viewer } = await signIn(context, mina);
  const watch = (id: string) => context.access.streams.open(viewer, [id], Number.MAX_SAFE_INTEGER);
  using ofAnna = watch("anna");
  using ofBen = watch("ben");
  const paused = panel.faults.pauseNext("store.updateInstance");
  const assigning = assignInstances(context, { ids: ["anna", "ben"], owner: "olaf" });
  await paused.reached;
  await context.store.deleteInstance("ben");
  paused.resume();
  await rejects(assigning, "INSTANCE_NOT_FOUND");
  expect([ofAnna.signal.aborted, ofBen.signal.aborted]).toEqual([true, false]);
});
