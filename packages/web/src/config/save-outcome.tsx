import { Match, Show, Switch } from "solid-js";
import { isAllowed, useInstanceActions } from "../actions/instance-actions.tsx";
import { explain } from "../api/api-error.ts";
import type { Instance } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Spinner } from "../ui/spinner.tsx";
import type { ConfigState } from "./create-config.ts";
import type { SaveResult } from "./create-save-result.ts";

const WORDS: Record<SaveResult, PlainKey> = {
  hot: "config.effect.hot",
  restart: "config.effect.restart",
  starting: "config.effect.starting",
  inEffect: "config.effect.inEffect",
  nextStart: "config.effect.nextStart",
};

type Unjudged = NonNullable<ReturnType<ConfigState["unjudged"]>>;

/** When a save takes effect. */
export function SaveOutcome(props: {
  result: SaveResult;
  itself: boolean;
  /** Why nobody but the schema has judged the text. */
  unjudged: Unjudged | null;
}) {
  return (
    <>
      <Show
        when={props.result === "starting"}
        fallback={<Icon name="check" class="text-running" />}
      >
        <Spinner class="text-busy" />
      </Show>
      <div class="min-w-0">
        <p>{t(WORDS[props.result])}</p>
        <Show when={props.itself}>
          <p class="text-xs text-text-2">{t("config.effect.itself")}</p>
        </Show>
        <Show when={props.result === "nextStart" && props.unjudged}>
          {(unjudged) => <UnjudgedLine why={unjudged()} />}
        </Show>
      </div>
    </>
  );
}

function UnjudgedLine(props: { why: Unjudged }) {
  const words = () => explain(props.why.reason, props.why.message);
  return (
    <p class="text-xs wrap-anywhere text-text-2">
      {t("config.unjudged")} {words().detail ?? words().what}
    </p>
  );
}

/** The button that applies a save. */
export function TakeEffect(props: { result: SaveResult | undefined; instance: Instance }) {
  const actions = useInstanceActions();
  return (
    <Switch>
      <Match when={props.result === "restart" && isAllowed("restart", props.instance.status)}>
        <Button
          icon="restart"
          busy={actions.pending(props.instance.id) === "restart"}
          onClick={() => void actions.run(props.instance, "restart")}
        >
          {t("config.restartNow")}
        </Button>
      </Match>
      <Match when={props.result === "nextStart" && isAllowed("start", props.instance.status)}>
        <Button
          icon="play"
          busy={actions.pending(props.instance.id) === "start"}
          onClick={() => void actions.run(props.instance, "start")}
        >
          {t("config.startNow")}
        </Button>
      </Match>
    </Switch>
  );
}
