import { createSignal, onMount } from "solid-js";
import { failureOf } from "../../api/api-error.ts";
import type { LinkHolder } from "../../api/client.ts";
import { createCall } from "../../api/create-call.ts";
import { knownBrowser } from "../../session/known-browser.ts";
import { useSession } from "../../session/session-context.tsx";
import { createNewPassword } from "../create-new-password.ts";
import { takeFromFragment } from "./fragment-secret.ts";

/** A one-time link: whose it is, and the password that it sets. Signs an invited user in. */
export function createRedeeming(onSignedIn: () => void) {
  const session = useSession();
  const secret = takeFromFragment("code");
  const code = secret.value;
  const password = createNewPassword();
  const [revokes, setRevokes] = createSignal(true);
  const [holder, setHolder] = createSignal<LinkHolder>();
  const [isDone, setDone] = createSignal(false);

  const look = createCall(async () => {
    try {
      setHolder(await session.anonymous.readLink.mutate({ code }));
    } catch (error) {
      if (failureOf(error) === "LINK_INVALID") secret.forget();
      throw error;
    }
  });
  const signIn = async (username: string, chosen: string) => {
    const browser = knownBrowser.read();
    const known = browser === undefined ? {} : { browser };
    session.enter(await session.anonymous.login.mutate({ username, password: chosen, ...known }));
    onSignedIn();
  };
  const save = createCall(async (chosen: string) => {
    const { username } = await session.anonymous.redeemLink.mutate({
      ...{ code, password: chosen, revokeOthers: revokes() },
    });
    secret.forget();
    setDone(true);
    if (!holder()?.invited) return;
    // The password is saved: if this fails, the page offers the sign-in, which says why.
    await signIn(username, chosen).catch(() => undefined);
  }, password.refusals);
  onMount(() => void look.run(undefined));

  return {
    password,
    revokes,
    setRevokes,
    /** Unknown until the panel has answered. */
    holder,
    look,
    save,
    /** The password is saved. */
    isDone,
    submit: (event: SubmitEvent) => {
      event.preventDefault();
      const chosen = password.submit();
      if (chosen !== null) void save.run(chosen);
    },
  };
}
