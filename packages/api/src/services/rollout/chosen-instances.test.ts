import { MOST_INSTANCES } from "@claw/core/batch-request";
import { expect, test } from "vitest";
import { withInstances } from "../../../tests/support/batches.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, viewerOf } from "../../../tests/support/sign-in.ts";
import { findInstance } from "../instance/find-instance.ts";
import { chosenInstances } from "./chosen-instances.ts";

test("are sorted by id, and each once, in whatever order they are named", async () => {
  await using app = await withInstances(["b", "c", "a"]);
  const chosen = chosenInstances(app.context, app.viewer, { ids: ["c", "a", "b"] });
  expect(chosen.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("are the viewer's: another's is as one that is not there", async () => {
  await using app = await withInstances(["a"]);
  const mina = viewerOf(await haveUser(app.context.store, "mina", "member"));
  const choose = async (id: string) => chosenInstances(app.context, mina, { ids: [id] });
  const refused = (id: string) => rejects(choose(id), "INSTANCE_NOT_FOUND");
  expect((await refused("a")).message).toBe("There is no instance a.");
  expect((await refused("nobody")).message).toBe("There is no instance nobody.");
});

test("are one at least, and not more than a batch takes", async () => {
  await using app = await withInstances(["a"]);
  const spec = { ...(await findInstance(app.context, "a")), tags: ["many"] };
  const choose = async (tag: string) => chosenInstances(app.context, app.viewer, { tags: [tag] });
  await rejects(choose("nobody"), "INVALID_INPUT");
  const { board } = app.context.runtime.live;
  const many = Array.from({ length: MOST_INSTANCES + 1 }, (_, n) => `i${n}`);
  for (const id of many.slice(1)) board.setSpec({ ...spec, id, uid: id });
  expect(await choose("many")).toHaveLength(MOST_INSTANCES);
  board.setSpec({ ...spec, id: "i0", uid: "i0" });
  const { message } = await rejects(choose("many"), "INVALID_INPUT");
  expect(message).toContain(`These are ${MOST_INSTANCES + 1} instances`);
});
