import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { STATUS } from "../testing/fake-api.ts";
import { renderApp } from "../testing/render-app.tsx";

const withStatus = (patch: Partial<typeof STATUS>) => ({
  path: "/system",
  answers: { "system.status": () => ({ ...STATUS, ...patch }) },
});

test("shows engine, image and host", async () => {
  renderApp(withStatus({}));
  expect(await screen.findByText("27.0.0")).toBeTruthy();
  expect(screen.getByText("824 MB")).toBeTruthy();
  expect(screen.getByRole("meter", { name: "Memory" }).getAttribute("aria-valuetext")).toBe(
    "11 GiB of 22 GiB used",
  );
  expect(screen.getByText("1.5 (4 cores)")).toBeTruthy();
});

test("names containers that no instance knows", async () => {
  renderApp(withStatus({ orphans: [{ container: "openclaw-old", id: "old" }] }));
  expect(await screen.findByText("openclaw-old")).toBeTruthy();
});

test("says why the compose file cannot be written, and that instances run all the same", async () => {
  renderApp(withStatus({ composeFile: { fault: "docker-compose.yml is a folder." } }));
  expect(await screen.findByText("docker-compose.yml is a folder.")).toBeTruthy();
  expect(screen.getByText(/Instances start and run without it/)).toBeTruthy();
});

test("with Docker away, nobody knows about the image", async () => {
  renderApp(
    withStatus({
      engine: { kind: "docker", reachable: false, version: null, error: "refused" },
      image: { ref: "openclaw:local", present: false, id: null, size: null },
    }),
  );
  expect(await screen.findByText("Unreachable")).toBeTruthy();
  expect(screen.getByText("Unknown")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Get the image" })).toBeNull();
});

test("a panel that does not answer is said, and can be asked again", async () => {
  renderApp({
    path: "/system",
    answers: {
      "system.status": () => {
        throw new TypeError("Failed to fetch");
      },
    },
  });
  expect(await screen.findByText("The panel does not respond.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
