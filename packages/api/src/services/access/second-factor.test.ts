import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createPendingFactors } from "../runtime/pending-factors.ts";
import { newFactor, stepOfCode } from "./one-time-code.ts";
import { hashPassword } from "./password-hash.ts";
import { beginTotp, confirmTotp, disableTotp, requireSecondFactor } from "./second-factor.ts";

const PASSWORD = "four unrelated lobster words";

/** The code an authenticator app shows. */
const codeOf = (secret: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

async function mina(panel: TestPanel) {
  const user = userOf({ id: "u1", username: "mina", passwordHash: await hashPassword(PASSWORD) });
  await panel.context.store.insertUser(user);
  return viewerOf(user);
}

const now = (panel: TestPanel) => panel.context.host.now();
const recordOf = async (panel: TestPanel) => {
  const user = await panel.context.store.findUserById("u1");
  if (!user) throw new Error("no user");
  return user;
};

describe("a second factor", () => {
  test("is begun with the password, counts after its first code, and is asked for then", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const viewer = await mina(panel);
    await rejects(beginTotp(context, viewer, { password: "wrong" }), "CREDENTIALS_WRONG");
    const { secret, uri } = await beginTotp(context, viewer, { password: PASSWORD });
    expect(uri).toMatch(/^otpauth:\/\/totp\/ClawMultiDeploy:mina\?.*secret=[A-Z2-7]+/);
    await requireSecondFactor(context, await recordOf(panel), { code: undefined });
    await rejects(confirmTotp(context, viewer, { code: "000000" }), "TOTP_WRONG");
    const code = codeOf(secret, now(panel));
    const { recoveryCodes } = await confirmTotp(context, viewer, { code });
    expect(new Set(recoveryCodes).size).toBe(10);

    for (const none of [undefined, "", " "])
      await rejects(
        requireSecondFactor(context, await recordOf(panel), { code: none }),
        "TOTP_REQUIRED",
      );
    // The code with which it was confirmed was used.
    await rejects(
      requireSecondFactor(context, await recordOf(panel), { code: code }),
      "TOTP_WRONG",
    );
    const next = codeOf(secret, now(panel) + 30_000);
    await requireSecondFactor(context, await recordOf(panel), { code: next });
    await rejects(
      requireSecondFactor(context, await recordOf(panel), { code: next }),
      "TOTP_WRONG",
    );

    const [spare = ""] = recoveryCodes;
    await requireSecondFactor(context, await recordOf(panel), { code: spare.toLowerCase() });
    await rejects(
      requireSecondFactor(context, await recordOf(panel), { code: spare }),
      "TOTP_WRONG",
    );
    expect(JSON.stringify(await recordOf(panel))).not.toContain(recoveryCodes[1]);

    await disableTotp(context, viewer, { password: PASSWORD });
    await requireSecondFactor(context, await recordOf(panel), { code: undefined });
  });

  test("hands out one set of recovery codes, also when it is confirmed twice at once", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const viewer = await mina(panel);
    const { secret } = await beginTotp(context, viewer, { password: PASSWORD });
    const code = codeOf(secret, now(panel));
    const confirmed = await Promise.allSettled(
      [1, 2, 3].map(() => confirmTotp(context, viewer, { code })),
    );
    const handedOut = confirmed.flatMap((each) =>
      each.status === "fulfilled" ? [each.value.recoveryCodes] : [],
    );
    expect(handedOut).toHaveLength(1);
    await requireSecondFactor(context, await recordOf(panel), { code: handedOut[0]?.[0] });
  });

  test("that was begun is not confirmed by guesses", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const viewer = await mina(panel);
    await beginTotp(context, viewer, { password: PASSWORD });
    for (let time = 0; time < 5; time++)
      await rejects(confirmTotp(context, viewer, { code: "no code" }), "TOTP_WRONG");
    await rejects(confirmTotp(context, viewer, { code: "no code" }), "TOO_MANY_ATTEMPTS");
  });

  test("that is not confirmed in ten minutes is none", () => {
    const host = new FakeHost();
    const factors = createPendingFactors(host);
    factors.set("u1", "SECRET");
    expect(factors.get("u1")).toBe("SECRET");
    expect(factors.get("u2")).toBeNull();
    expect(factors.take("u1", "OTHER")).toBe(false);
    host.advance(10 * 60_000);
    expect(factors.get("u1")).toBeNull();
    expect(factors.take("u1", "SECRET")).toBe(false);
  });

  test("takes codes of now and of half a minute around, and six digits only", () => {
    const { secret } = newFactor("00".repeat(20), "mina");
    const at = 1_800_000_000_000;
    const step = at / 30_000;
    const take = (code: string, usedStep = 0) => stepOfCode(code, { secret, now: at, usedStep });
    expect([-60, -30, 0, 30, 60].map((s) => take(codeOf(secret, at + s * 1_000)))).toEqual([
      null,
      step - 1,
      step,
      step + 1,
      null,
    ]);
    const code = codeOf(secret, at);
    expect(take(`${code.slice(0, 3)} ${code.slice(3)}`)).toBe(step);
    for (const wrong of ["", "12345", `${code}0`, "abcdef", `${code.slice(0, 5)}x`])
      expect(take(wrong)).toBeNull();
    expect(take(code, step)).toBeNull();
  });
});
