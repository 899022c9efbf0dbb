import { expect, test } from "vitest";
import { withInstances } from "../../../tests/support/batches.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createClawClient } from "../../client.ts";
import { createInstance } from "../instance/create-instance.ts";

const patch = { channels: { telegram: { botToken: "123:abc" } } };
const TEXT = '{ channels: { telegram: { botToken: "123:abc" } } }';
const shared = (instanceIds: string[]) => [
  { code: "CHANNEL_SHARED", channel: "telegram", instanceIds },
];

test("an instance that has the token already, chosen or not, is one that would share it", async () => {
  await using app = await withInstances(["a", "b", "c"]);
  const preview = async (ids: string[]) =>
    (await app.client.configRollouts.preview.query({ ids, patch })).shared;
  expect(await preview(["a"])).toEqual([]);
  await app.context.disk.storage.writeConfig("b", TEXT);
  expect(await preview(["a", "b"])).toEqual(shared(["b"]));
  expect(await preview(["a"])).toEqual(shared(["b"]));
  expect(await preview(["a", "c"])).toEqual(shared(["a", "b", "c"]));
  // What does not change is nothing that the change does.
  expect(await preview(["b"])).toEqual([]);
});

test("a member learns of no instance that they may not see but that there is one", async () => {
  await using app = await withInstances(["theirs"]);
  await app.context.disk.storage.writeConfig("theirs", TEXT);
  const mina = await haveUser(app.context.store, "mina", "member");
  app.context.access.people.set(mina);
  await createInstance(app.context, { id: "mine", name: "m", start: false, owner: mina.id });
  const { token } = await signIn(app.context, mina);
  const { preview } = createClawClient({ url: app.url, token }).configRollouts;
  expect((await preview.query({ ids: ["mine"], patch })).shared).toEqual(shared([]));
});
