import fc from "fast-check";
import { expect, test } from "vitest";
import { BatchRequest, idsOf, narrowed } from "./batch-request.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);

test("a batch is one action on 1 to 1000 instances", () => {
  const request = { action: "remove", ids: ids(1_000), options: { deleteData: true } };
  expect(BatchRequest.parse(request)).toEqual(request);
  expect(BatchRequest.safeParse({ action: "start", ids: ids(1) }).success).toBe(true);
});

test.each([
  { action: "stop", ids: [] },
  { action: "stop", ids: ids(1_001) },
  { action: "stop", ids: ["anna", "bob", "anna"] },
  { action: "stop", ids: ["../anna"] },
  { action: "stop", ids: "anna" },
  { action: "create", ids: ["anna"] },
  { action: "create", instances: [] },
  {
    action: "create",
    instances: [
      { id: "a", name: "A" },
      { id: "a", name: "B" },
    ],
  },
  { action: "create", instances: [{ id: "a", name: "A", group: " " }] },
  { action: "label", ids: ["anna"] },
  { action: "label", instances: [{ id: "a", addTags: [""] }] },
  { action: "stop", ids: ["anna"], options: { wave: 0 } },
  { action: "remove", ids: ["anna"], options: { deleteData: "yes" } },
])("%j is none", (request) => expect(BatchRequest.safeParse(request).success).toBe(false));

test("creations and labels are told of each instance", () => {
  const create = BatchRequest.parse({
    action: "create",
    instances: [
      { id: "a", name: " A ", tags: ["VIP", "vip"] },
      { id: "b", name: "B", start: false },
    ],
    options: { wave: 1, pauseBetween: true, stopAtFirstFailure: true },
  });
  expect(create).toMatchObject({
    instances: [
      { id: "a", name: "A", tags: ["VIP"], start: true },
      { id: "b", name: "B", start: false },
    ],
  });
  expect(idsOf(create)).toEqual(["a", "b"]);
  const label = { action: "label", instances: [{ id: "a", group: null, addTags: ["x"] }] };
  expect(BatchRequest.parse(label)).toEqual(label);
});

test("a request for some of its instances keeps everything else", () => {
  const stop = BatchRequest.parse({ action: "stop", ids: ["a", "b"], options: { wave: 2 } });
  expect(narrowed(stop, (id) => id === "b")).toEqual({ ...stop, ids: ["b"] });
  expect(narrowed(stop, () => false)).toBeNull();
  const label = BatchRequest.parse({ action: "label", instances: [{ id: "a" }, { id: "b" }] });
  expect(narrowed(label, (id) => id === "a")).toEqual({ ...label, instances: [{ id: "a" }] });
});

test("a batch of each action is narrowed to the same action", () => {
  const instances = [
    { id: "a", name: "A" },
    { id: "b", name: "B" },
  ];
  const requests = [
    ...["start", "stop", "restart", "migrate", "remove"].map((action) => ({
      action,
      ids: ["a", "b"],
    })),
    { action: "create", instances },
    { action: "label", instances: instances.map(({ id }) => ({ id, group: "G" })) },
  ].map((request) => BatchRequest.parse(request));
  for (const request of requests) {
    const some = narrowed(request, (id) => id === "b");
    expect(some?.action).toBe(request.action);
    expect(some && idsOf(some)).toEqual(["b"]);
    expect(idsOf(request)).toEqual(["a", "b"]);
  }
});

test("narrowing keeps the order, adds nothing, and keeps all when all are wanted", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(names, fc.func(fc.boolean()), (given, isWanted) => {
      const request = BatchRequest.parse({ action: "restart", ids: given });
      const some = narrowed(request, (id) => isWanted(id));
      expect(some === null ? [] : idsOf(some)).toEqual(given.filter((id) => isWanted(id)));
      expect(narrowed(request, () => true)).toEqual(request);
    }),
  );
});

test.each([
  [{ action: "stop", ids: ["a", "a"] }, "Name each instance once."],
  [
    {
      action: "label",
      instances: [
        { id: "a", group: null },
        { id: "a", addTags: ["x"] },
      ],
    },
    "Name each instance once.",
  ],
])("%j says what to do", (request, sentence) => {
  const { error } = BatchRequest.safeParse(request);
  expect(error?.issues.map(({ message }) => message)).toEqual([sentence]);
});
