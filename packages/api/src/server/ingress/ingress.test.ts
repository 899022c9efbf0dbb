import { expect, test } from "vitest";
import { Opened } from "../../../tests/support/opened.ts";

const headerOf = (raw: string[], name: string) =>
  raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name);

test("a click leads through a ticket and a session to the container, which learns no credential", async () => {
  await using opened = await Opened.begin();
  const anna = await opened.instance("anna");
  const cookie = await opened.signOn(anna);
  const answered = await opened.ask(anna.host, "/chat?x=1", { headers: { cookie } });
  expect([answered.status, answered.body]).toEqual([200, "hello"]);
  const [seen] = anna.upstream.seen;
  const headers = seen?.rawHeaders ?? [];
  const names = headers.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  expect(seen?.url).toBe("/chat?x=1");
  expect(names).toEqual([
    "host",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    anna.spec.ingress?.header,
    "connection",
  ]);
  expect(headerOf(headers, "host")).toEqual([anna.host]);
  expect(headerOf(headers, "x-forwarded-for")).toEqual(["192.0.2.1"]);
  expect(headerOf(headers, anna.spec.ingress?.header ?? "")).toEqual(["administrator"]);
  expect(JSON.stringify(anna.upstream.seen)).not.toContain(opened.app.token);
});
