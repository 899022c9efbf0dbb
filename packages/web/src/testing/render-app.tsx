import { render } from "@solidjs/testing-library";
import type { Instance, Job } from "../api/client.ts";
import { App, loadPageAt } from "../app.tsx";
import { createFakeApi, type FakeApi, STATUS } from "./fake-api.ts";

// Most tests look at these without waiting for them.
await Promise.all([loadPageAt("/"), loadPageAt("/instances")]);

interface Scene {
  path?: string;
  instances?: readonly Instance[];
  jobs?: readonly Job[];
  answers?: FakeApi["answers"];
}

/** The whole page at `path` over a fake panel that has sent its first lists. */
export function renderApp(scene: Scene = {}) {
  window.history.replaceState(null, "", scene.path ?? "/instances");
  const fake = createFakeApi({ "system.status": () => STATUS, ...scene.answers });
  const view = render(() => <App api={fake.api} />);
  fake.push("instances.watch", { type: "snapshot", instances: scene.instances ?? [] });
  fake.push("jobs.watch", { type: "snapshot", jobs: scene.jobs ?? [] });
  return { ...view, fake };
}
