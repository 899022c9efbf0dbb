import type { NewToken, Scope } from "@claw/core/access/credentials";
import { createSignal } from "solid-js";
import { createStore, produce } from "solid-js/store";
import { createOwnPassword } from "../own-password.tsx";

export const EXPIRIES = ["7", "30", "90", "365"] as const;
export type Expiry = (typeof EXPIRIES)[number];

interface Fields {
  name: string;
  scope: Scope;
  /** The instances to which the token is confined, if any. */
  confined: "all" | "some";
  expiry: Expiry;
}

/** The form of a new token; it preselects nothing that requires a decision. */
export function createTokenForm() {
  const [fields, setFields] = createStore<Fields>({
    name: "",
    scope: "read",
    confined: "all",
    expiry: "90",
  });
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const own = createOwnPassword();
  const input = (): NewToken & { password: string } => ({
    name: fields.name.trim(),
    scope: fields.scope,
    instanceIds: fields.confined === "all" ? null : [...chosen()].sort(),
    expiresInDays: Number(fields.expiry),
    password: own.value(),
  });
  return {
    fields,
    chosen,
    setChosen,
    own,
    input,
    set: <Name extends keyof Fields>(name: Name, value: Fields[Name]) =>
      setFields(
        produce((draft) => {
          draft[name] = value;
        }),
      ),
    ready: () =>
      fields.name.trim() !== "" &&
      own.value() !== "" &&
      (fields.confined === "all" || chosen().size > 0),
  };
}

export type TokenForm = ReturnType<typeof createTokenForm>;
