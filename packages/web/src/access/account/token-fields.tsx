import type { Scope } from "@claw/core/access/credentials";
import { Show } from "solid-js";
import { type PlainKey, t } from "../../i18n/i18n.ts";
import { useLive } from "../../live/live-context.tsx";
import { PickMany } from "../../ui/pick-many.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { OwnPasswordField } from "../own-password.tsx";
import { EXPIRIES, type TokenForm } from "./create-token-form.ts";
import { SCOPE_WORDS, SCOPES } from "./token-row.tsx";

const SCOPE_HINTS = {
  read: "tokens.scope.read.hint",
  operate: "tokens.scope.operate.hint",
  admin: "tokens.scope.admin.hint",
} as const satisfies Record<Scope, PlainKey>;

export function TokenFields(props: { form: TokenForm }) {
  const live = useLive();
  return (
    <>
      <TextField
        label={t("tokens.name")}
        value={props.form.fields.name}
        onInput={(value) => props.form.set("name", value)}
        hint={t("tokens.name.hint")}
        autofocus
      />
      <RadioGroup
        label={t("tokens.scope")}
        value={props.form.fields.scope}
        onChange={(value) => props.form.set("scope", value)}
        options={SCOPES.map((value) => ({
          value,
          label: t(SCOPE_WORDS[value]),
          hint: t(SCOPE_HINTS[value]),
        }))}
      />
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Select
          label={t("tokens.instances")}
          value={props.form.fields.confined}
          onChange={(value) => props.form.set("confined", value)}
          options={[
            { value: "all", label: t("tokens.instances.all") },
            { value: "some", label: t("tokens.instances.some") },
          ]}
        />
        <Select
          label={t("tokens.expiry")}
          value={props.form.fields.expiry}
          onChange={(value) => props.form.set("expiry", value)}
          options={EXPIRIES.map((value) => ({
            value,
            label: t("tokens.expiry.days", { count: Number(value) }),
          }))}
        />
      </div>
      <Show when={props.form.fields.confined === "some"}>
        <PickMany
          label={t("tokens.instances")}
          options={live.instances.list()}
          chosen={props.form.chosen()}
          onChange={props.form.setChosen}
        />
      </Show>
      <OwnPasswordField form={props.form.own} />
    </>
  );
}
