import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { hashTree, writeTree } from "./support/data-tree.ts";
import { eventually } from "./support/deadline.ts";
import { docker, STUB_IMAGE } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { rejects } from "./support/rejects.ts";
import { changeImage, deriveImage } from "./support/replacing.ts";

const NEXT = "openclaw:claw-test-next";
const BROKEN = "openclaw:claw-test-broken";

let place: DockerHome;
let app: App;
let data: string;

beforeAll(async () => {
  place = await DockerHome.make(24_900, "10.218.33.0/24");
  await deriveImage(NEXT, "STUB_LOG_INTERVAL=4");
  await deriveImage(BROKEN, "STUB_CRASH=1");
  app = await createApp(readConfig({ ...place.env, CLAW_LOG_LEVEL: "silent" }));
  await eventually(() => expect(app.context.runtime.live.board.isReachable()).toBe(true));
  await createInstance(app.context, { id: "anna", name: "Anna", start: true });
  await runs();
  await writeTree(place.home, "anna", "mine");
  data = await hashTree(place.home, "anna");
});
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
  await docker("image", "rm", NEXT, BROKEN).catch(() => undefined);
});

const runs = () =>
  eventually(() => {
    expect(app.context.runtime.live.board.get("anna").status).toBe("running");
  }, 60_000);
const imageId = (ref: string) => docker("image", "inspect", "--format", "{{.Id}}", ref);

const change = (image: string) => changeImage(app.context, "anna", { image });

test("another image is one replacement of the container, healthy when it is done", async () => {
  const before = await place.inspect("anna");
  expect(await change(NEXT)).toEqual({ snapshotId: null, late: null });
  const now = await place.inspect("anna");
  expect(now.Id).not.toBe(before.Id);
  expect(now.Config.Image).toBe(NEXT);
  expect(now.Image).toBe(await imageId(NEXT));
  expect(now.State.Running).toBe(true);
  expect(await place.containers()).toEqual(["anna"]);
  await runs();
  expect(await hashTree(place.home, "anna")).toBe(data);
  await change(STUB_IMAGE);
  expect((await place.inspect("anna")).Image).toBe(await imageId(STUB_IMAGE));
});

test("an image that exits is taken back: the former image and data run again", async () => {
  const before = await place.inspect("anna");
  const { message } = await rejects(change(BROKEN), "START_FAILED");
  expect(message).toContain("exit code 1");
  await runs();
  const now = await place.inspect("anna");
  expect({ image: now.Config.Image, id: now.Image }).toEqual({
    image: STUB_IMAGE,
    id: before.Image,
  });
  expect(await app.context.store.findInstance("anna")).toMatchObject({ image: STUB_IMAGE });
  expect(await app.context.store.listReplacements()).toEqual([]);
  expect(await hashTree(place.home, "anna")).toBe(data);
  expect(await place.containers()).toEqual(["anna"]);
});

test("a tag that was moved meanwhile takes nothing with it: what is undone runs from the image that ran", async () => {
  await change(NEXT);
  const ran = (await place.inspect("anna")).Image;
  await deriveImage(NEXT, "STUB_LOG_INTERVAL=3");
  expect(await imageId(NEXT)).not.toBe(ran);
  await rejects(change(BROKEN), "START_FAILED");
  await runs();
  expect((await place.inspect("anna")).Image).toBe(ran);
  expect(app.context.runtime.live.board.get("anna")).toMatchObject({ image: NEXT });
});
