import { createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { failureOf, retryAfterOf } from "../../api/api-error.ts";
import { createCall } from "../../api/create-call.ts";
import { createRefusals } from "../../api/create-refusals.ts";
import { knownBrowser } from "../../session/known-browser.ts";
import { useSession } from "../../session/session-context.tsx";
import { createCountdown } from "./create-countdown.ts";

/** Signing in: name and password, then the code of the second factor, if enabled. */
export function createLogin() {
  const session = useSession();
  const countdown = createCountdown();
  const [fields, setFields] = createStore({ username: "", password: "", totp: "" });
  const [asksCode, setAsksCode] = createSignal(false);

  const refusals = createRefusals({ TOTP_WRONG: "totp" }, (field) => fields[field]);
  const call = createCall(async () => {
    const { username, password, totp } = fields;
    const code = asksCode() && totp.trim() !== "" ? { totp: totp.trim() } : {};
    try {
      const browser = knownBrowser.read();
      const known = browser === undefined ? {} : { browser };
      const input = { username, password, ...code, ...known };
      session.enter(await session.anonymous.login.mutate(input));
    } catch (error) {
      const wait = retryAfterOf(error);
      if (wait !== undefined) countdown.begin(wait);
      if (failureOf(error) === "TOTP_REQUIRED") {
        setAsksCode(true);
        return;
      }
      if (failureOf(error) === "TOTP_WRONG") setFields("totp", "");
      throw error;
    }
  }, refusals);
  return {
    fields,
    asksCode,
    /** Seconds until the panel accepts another attempt. */
    wait: countdown.left,
    busy: call.busy,
    error: call.error,
    /** The panel's refusal of the code. */
    refused: () => refusals.of("totp"),
    set: (field: keyof typeof fields, value: string) => setFields(field, value),
    ready: () => fields.username.trim() !== "" && fields.password !== "" && countdown.left() === 0,
    submit: () => void call.run(undefined),
    /** Returns to name and password. */
    restart: () => {
      setAsksCode(false);
      setFields({ password: "", totp: "" });
      refusals.clear();
      call.forget();
    },
  };
}
