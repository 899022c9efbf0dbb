import { describe, expect, test } from "vitest";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestApp } from "../../../tests/support/test-app.ts";
import { createClawClient } from "../../client.ts";
import { previousOwner } from "./previous-owner.ts";

const ANNA = { id: "anna", name: "Anna", start: false };

/** An instance of Mina's, and an operator, who may not say whose an instance is. */
async function setUp() {
  const app = await createTestApp();
  const { context } = app;
  const [mina, olaf] = [
    await haveUser(context.store, "mina", "member"),
    await haveUser(context.store, "olaf", "operator"),
  ];
  for (const user of [mina, olaf]) context.access.people.set(user);
  await app.client.instances.create.mutate({ ...ANNA, owner: "mina" });
  const { token } = await signIn(context, olaf);
  const operator = createClawClient({ url: app.url, token });
  return { app, context, operator, mina, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe("an instance that is made again from the data that was left", () => {
  test("is whose it was, also when an operator takes its deletion back", async () => {
    await using world = await setUp();
    const { instances } = world.operator;
    await instances.remove.mutate({ id: "anna", deleteData: false });
    expect(await instances.create.mutate(ANNA)).toMatchObject({ owner: "mina" });
  });

  test("is whose an administrator says", async () => {
    await using world = await setUp();
    const { instances } = world.app.client;
    await instances.remove.mutate({ id: "anna", deleteData: false });
    expect(await instances.create.mutate({ ...ANNA, owner: "olaf" })).toMatchObject({
      owner: "olaf",
    });
    await instances.assign.mutate({ ids: ["anna"], owner: null });
    await instances.remove.mutate({ id: "anna", deleteData: false });
    expect(await instances.create.mutate(ANNA)).toMatchObject({ owner: null });
  });

  test("is nobody's when its user was deleted meanwhile, also when another one has the name", async () => {
    await using world = await setUp();
    const { instances, users } = world.app.client;
    await instances.remove.mutate({ id: "anna", deleteData: false });
    await users.remove.mutate({ username: "mina" });
    await users.create.mutate({ username: "mina", displayName: "Another Mina", role: "member" });
    expect(await instances.create.mutate(ANNA)).toMatchObject({ owner: null });
    expect(await previousOwner(world.context, "anna")).toBeNull();
  });
});

test("an instance with new data is nobody's: it only has the id of one that was somebody's", async () => {
  await using world = await setUp();
  const { instances } = world.operator;
  await instances.remove.mutate({ id: "anna", deleteData: true });
  expect(await instances.create.mutate(ANNA)).toMatchObject({ owner: null });
});

test("of an instance that never was nothing is known", async () => {
  await using world = await setUp();
  expect(await previousOwner(world.context, "ben")).toBeNull();
});
