import type { Account } from "@claw/core/access/user";
import { KNOWN_OFFERS } from "@claw/core/provider-offer";
import { render } from "@solidjs/testing-library";
import type { Condition, Instance, Job } from "../api/client.ts";
import { App, loadPageAt } from "../app.tsx";
import { createSession } from "../session/create-session.ts";
import type { KeptToken } from "../session/kept-token.ts";
import { preloadMenu } from "../ui/menu.tsx";
import { createFakeApi, type FakeApi, STATUS } from "./fake-api.ts";

// Preloaded, because most tests use these without waiting.
await Promise.all([
  loadPageAt("/", "administrator"),
  loadPageAt("/instances", "administrator"),
  preloadMenu(),
]);

export const ADMINISTRATOR: Account = {
  username: "admin",
  displayName: "Admin",
  role: "administrator",
};

interface Scene {
  path?: string;
  instances?: readonly Instance[];
  jobs?: readonly Job[];
  conditions?: readonly Condition[];
  answers?: FakeApi["answers"];
  /** The signed-in user; null: none, and the panel is asked. */
  me?: Partial<Account> | null;
}

/** The whole page at `path` over a fake panel that has sent its first lists. */
export function renderApp(scene: Scene = {}) {
  window.history.replaceState(null, "", scene.path ?? "/instances");
  const fake = createFakeApi({
    "system.status": () => STATUS,
    "auth.state": () => ({ initialized: true, user: null }),
    "auth.logout": () => null,
    "instances.prepareChecks": () => ({ hindrance: null, schema: null }),
    "instances.managedKeys": () => [],
    "instances.validateConfig": () => ({ valid: true, issues: [] }),
    "instances.providers": () => ({ isFromImage: true, hindrance: null, offers: KNOWN_OFFERS }),
    ...scene.answers,
  });
  const kept = keptInMemory();
  const session = createSession(fake.connectAs, kept);
  if (scene.me === null) void session.ask();
  else
    session.enter({
      token: "token",
      user: { ...ADMINISTRATOR, ...scene.me },
      expiresAt: "",
      browser: "",
    });
  const view = render(() => <App session={session} />);
  const show = () => {
    fake.push("instances.watch", { type: "snapshot", instances: scene.instances ?? [] });
    fake.push("conditions.watch", {
      ...{ type: "snapshot", conditions: scene.conditions ?? [] },
    });
    fake.push("jobs.watch", { type: "snapshot", jobs: scene.jobs ?? [] });
  };
  show();
  return {
    ...view,
    fake,
    session,
    kept,
    /** Repeats the first lists, for a user who signed in meanwhile. */
    show,
  };
}

function keptInMemory(): KeptToken & { token: string | null } {
  return {
    token: null,
    read() {
      return this.token;
    },
    write(token) {
      this.token = token;
    },
    remove() {
      this.token = null;
    },
    watch: () => () => {},
  };
}
