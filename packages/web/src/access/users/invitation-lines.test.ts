import type { User } from "@claw/core/access/user";
import { expect, test } from "vitest";
import { invitationOf, previewInvitations } from "./invitation-lines.ts";

const user = (username: string, patch: Partial<User> = {}): User => ({
  username,
  displayName: username,
  role: "member",
  disabled: false,
  hasPassword: true,
  hasTotp: false,
  instanceIds: [],
  lastLoginAt: null,
  createdAt: "2026-11-22T08:00:00.000Z",
  ...patch,
});
const preview = async (text: string, ids: string[] = [], users: User[] = []) =>
  (await previewInvitations(text, new Set(ids), users)).map(({ id, name, owner, problem }) => [
    id,
    name,
    owner,
    problem?.code ?? null,
  ]);

test("a third column is the user name, otherwise the id is it", async () => {
  expect(
    await preview("zhangsan 张三 zhang\nlisi\t李四\tLi.Si\nanna Anna Berg\nbob,Bob\n王五"),
  ).toEqual([
    ["zhangsan", "张三", "zhang", null],
    ["lisi", "李四", "li.si", null],
    ["anna", "Anna Berg", "anna", null],
    ["bob", "Bob", "bob", null],
    ["wangwu", "王五", "wangwu", null],
  ]);
});

test("a name alone gets an id that is free as a user name, too", async () => {
  expect(await preview("张三\n张三", ["zhangsan-2"], [user("zhangsan")])).toEqual([
    ["zhangsan-3", "张三", "zhangsan-3", null],
    ["zhangsan-4", "张三", "zhangsan-4", null],
  ]);
});

test("names the problems of id, name and user name, line by line", async () => {
  const lines = [
    "taken Taken",
    "anna Anna zhang",
    `${"x".repeat(33)} Long`,
    "bob,Bob,B b",
    "cy Cy panel",
    `dan ${"x".repeat(65)} dan`,
    "eve Eve same",
    "fay Fay same",
    "eve Eve other",
    "a,b,c,d",
  ];
  const read = await preview(lines.join("\n"), ["taken"], [user("zhang")]);
  expect(read.map((line) => line[3])).toEqual([
    ...["exists", "userTaken", "username", "username", "username", "name", null],
    ...["sameUser", "duplicate", "columns"],
  ]);
  const [, second] = await previewInvitations("eve Eve same\n\nfay Fay same", new Set(), []);
  expect(second?.problem).toEqual({ code: "sameUser", line: 1 });
});

test("an invited user without a password may be invited again", async () => {
  const pending = user("mina", { displayName: "Mina", hasPassword: false, instanceIds: ["mina"] });
  const again = async (text: string, known: User, ids = ["mina", "other"]) => {
    const [line] = await previewInvitations(text, new Set(ids), [known]);
    return [line?.again, line?.problem?.code ?? null];
  };
  expect(await again("mina Mina", pending)).toEqual([true, null]);
  expect(await again("mina Mina", { ...pending, instanceIds: [] }, [])).toEqual([true, null]);
  expect(await again("mina Another", pending)).toEqual([false, "exists"]);
  expect(await again("other Mina mina", pending)).toEqual([false, "exists"]);
  expect(await again("mina Mina", { ...pending, hasPassword: true })).toEqual([false, "exists"]);
  expect(await again("mina Mina", { ...pending, disabled: true })).toEqual([false, "exists"]);
  expect(await again("mina Mina", { ...pending, role: "operator" })).toEqual([false, "exists"]);
  const twice = await previewInvitations("mina Mina\nmina Mina", new Set(["mina"]), [pending]);
  expect(twice.map(({ problem }) => problem?.code ?? null)).toEqual([null, "sameUser"]);
});

test("a line becomes one call, in which the account and the instance have the same name", async () => {
  const [line] = await previewInvitations("zhangsan, 张三 ,zhang", new Set(), []);
  expect(line && invitationOf(line)).toEqual({
    username: "zhang",
    displayName: "张三",
    instance: { id: "zhangsan", name: "张三" },
  });
});
