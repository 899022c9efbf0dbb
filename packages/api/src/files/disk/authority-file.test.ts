import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { homeOfTest } from "../../../tests/support/test-app.ts";
import { createAuthorityFile } from "./authority-file.ts";

async function fileOf() {
  const home = await homeOfTest();
  const folder = path.join(home, "data");
  await mkdir(folder);
  return { folder, file: createAuthorityFile(home, () => Date.UTC(2026, 10, 30)) };
}

test("a text is read back as it was written, and readable by nobody else", async () => {
  const { folder, file } = await fileOf();
  expect(await file.read()).toBeNull();
  await file.write("first");
  await file.write("second");
  expect(await file.read()).toBe("second");
  expect(await readdir(folder)).toEqual(["authority.pem"]);
  if (process.platform !== "win32")
    expect((await stat(path.join(folder, "authority.pem"))).mode & 0o777).toBe(0o600);
});

test("a file that is put aside keeps its text under another name", async () => {
  const { folder, file } = await fileOf();
  await file.write("damaged");
  const aside = await file.setAside();
  expect(await file.read()).toBeNull();
  expect(await readFile(path.join(folder, aside), "utf8")).toBe("damaged");
});

test("a link is not followed, and the file is named", async () => {
  const { folder, file } = await fileOf();
  await writeFile(path.join(folder, "elsewhere"), "secret");
  await symlink("elsewhere", path.join(folder, "authority.pem"));
  await expect(file.read()).rejects.toMatchObject({
    reason: "FILES_DENIED",
    message: expect.stringContaining("authority.pem"),
  });
});
