import { expect, test } from "vitest";
import { agentsWithSignIn, savedSignIn } from "./saved-sign-in.ts";

/** As written by OpenClaw 2026.9.6 when a second key is onboarded. */
const SAVED = `{
  "ok": false,
  "phase": "options",
  "message": "Replacement credential saved but inactive. Your connection is unchanged. Test and activate it with:\\nopenclaw models auth activate custom:setup-032b01a0-7ce1-456d-9d35-2a77d177cf56 --agent main"
}
Replacement credential saved but inactive. Your connection is unchanged. Test and activate it with:
openclaw models auth activate custom:setup-032b01a0-7ce1-456d-9d35-2a77d177cf56 --agent main`;

test("finds the credential that OpenClaw saved without using it", () => {
  expect(savedSignIn(SAVED)).toEqual({
    profileId: "custom:setup-032b01a0-7ce1-456d-9d35-2a77d177cf56",
    agentId: "main",
  });
  expect(savedSignIn("401 Unauthorized")).toBeNull();
});

test("finds the agents whose model is tied to such a credential", () => {
  const entries = {
    main: { model: "custom/m1@custom:setup-032b01a0" },
    own: { model: "custom/m1@custom:mine" },
    plain: { model: "custom/m1" },
    none: {},
    odd: null,
  };
  expect(agentsWithSignIn({ agents: { entries } })).toEqual(["main"]);
  expect(agentsWithSignIn({ agents: [] })).toEqual([]);
  expect(agentsWithSignIn({})).toEqual([]);
});
