import { createMemo, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import { failureOf } from "../api/api-error.ts";
import type { NetworkStatus } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { TextField } from "../ui/text-field.tsx";
import { showToast } from "../ui/toast.tsx";

type Saved = NetworkStatus["saved"];

const FIELDS: readonly { variable: keyof Saved; label: PlainKey; example: string }[] = [
  { variable: "CLAW_PUBLIC_NAMES", label: "network.names", example: "panel.example.com" },
  { variable: "CLAW_INSTANCE_DOMAIN", label: "network.domain", example: "claw.example.org" },
  { variable: "CLAW_TRUSTED_PROXIES", label: "network.proxies", example: "127.0.0.1" },
  { variable: "CLAW_PUBLIC_PORT", label: "network.publicPort", example: "443" },
];

/** Changes what the environment does not set, and says what that does to others. */
export function SettingsDialog(props: {
  status: NetworkStatus;
  /** Somebody else has saved since `status` was read. */
  onOutdated: () => void;
  onSaved: () => void;
  onClose: () => void;
}) {
  const { network } = useApi().trpc;
  const live = useLive();
  const [texts, setTexts] = createStore<Saved>({ ...props.status.saved });
  /** Of what these texts began as, whatever the page reads meanwhile. */
  const { revision } = props.status;
  /** What the environment sets, by variable; of these only the domain can be none. */
  const fixed = createMemo(() => {
    const { names, domain, proxies, publicPort } = props.status;
    const all = [names, domain, proxies, publicPort];
    const given = all.filter(({ from }) => from === "environment");
    return new Map(given.map(({ variable, value }) => [variable, String(value ?? "none")]));
  });
  const moved = () => live.instances.list().filter(({ opensBy }) => opensBy === "panel").length;
  const call = createCall(async () => {
    const status = await network.save.mutate({ ...texts, revision }).catch((error: unknown) => {
      if (failureOf(error) === "REVISION_MISMATCH") props.onOutdated();
      throw error;
    });
    showToast({
      kind: "success",
      title: t(status.unused === null ? "network.saved" : "network.saved.waits"),
    });
    props.onSaved();
  });
  return (
    <FormDialog
      title={t("network.change.title")}
      description={
        moved() === 0 ? t("network.change.none") : t("network.change.text", { count: moved() })
      }
      submit={t("account.save")}
      busy={call.busy()}
      error={call.error()}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      <Show when={props.status.certificate.kind === "authority"}>
        <p class="text-unknown">{t("network.change.authority")}</p>
      </Show>
      <For each={FIELDS}>
        {({ variable, label, example }) => (
          <TextField
            label={t(label)}
            value={fixed().get(variable) ?? texts[variable]}
            onInput={(text) => setTexts(variable, text)}
            placeholder={example}
            hint={
              fixed().has(variable)
                ? t("network.from.environment", { variable })
                : t("network.change.hint", { variable })
            }
            disabled={fixed().has(variable)}
            mono
          />
        )}
      </For>
    </FormDialog>
  );
}
