import { expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";

const BIG = JSON.stringify({ username: "x".repeat(20_000), password: "x" });

const send = (app: TestApp, headers: Record<string, string>, body: string = BIG) =>
  fetch(`${app.url}/trpc/auth.login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

test("a large body of who has not logged in is refused before it is read", async () => {
  await using app = await createTestApp();
  for (const authorization of ["", `Bearer ${"A".repeat(43)}`]) {
    const response = await send(app, { authorization });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain("UNAUTHENTICATED");
  }
  app.context.access.people.delete("u-admin");
  expect(await (await send(app, {})).text()).toContain("SETUP_REQUIRED");
});

test("a small one, and that of somebody who has, are judged by what they say", async () => {
  await using app = await createTestApp();
  const small = JSON.stringify({ username: "nobody", password: "wrong" });
  expect(await (await send(app, {}, small)).text()).toContain("CREDENTIALS_WRONG");
  const known = await send(app, { authorization: `Bearer ${app.token}` });
  expect(await known.text()).toContain("INVALID_INPUT");
});
