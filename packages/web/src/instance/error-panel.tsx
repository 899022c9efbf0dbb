import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import { isAllowed, useInstanceActions } from "../actions/instance-actions.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { type InstanceTab, paths } from "../routes.ts";
import { Reason } from "../status/reason.tsx";
import { remedyTab } from "../status/status-words.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

const LastGood = lazyPart(() => import("./last-good.tsx"), "LastGood");

/** The error in words, the last log lines, and the buttons that help. */
export function ErrorPanel(props: { instance: Instance; tab: InstanceTab }) {
  const navigate = useNavigate();
  const actions = useInstanceActions();
  const lines = () => props.instance.statusDetail?.lines ?? [];
  const go = (tab: InstanceTab) => navigate(paths.instance(props.instance.id, tab));
  const again = () => (isAllowed("restart", props.instance.status) ? "restart" : "start");
  return (
    <section aria-label={t("error.panel")} class="rounded-lg border border-error/35 bg-error-tint">
      <div class="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-3">
        <div class="flex min-w-0 flex-1 basis-64 gap-2.5">
          <Icon name="alert" class="mt-0.5 text-error" />
          <p class="min-w-0 font-medium">
            <Reason instance={props.instance} />
          </p>
        </div>
        <div class="flex flex-wrap gap-2">
          <Show when={remedyTab(props.instance) === "config"}>
            <LastGood instance={props.instance} />
          </Show>
          <Show when={remedyTab(props.instance) === "config" && props.tab !== "config"}>
            <Button small icon="file" onClick={() => go("config")}>
              {t("action.editConfig")}
            </Button>
          </Show>
          <Show when={props.tab !== "logs"}>
            <Button small icon="logs" onClick={() => go("logs")}>
              {t("action.seeLogs")}
            </Button>
          </Show>
          <Button
            small
            icon="restart"
            busy={actions.pending(props.instance.id) === again()}
            onClick={() => void actions.run(props.instance, again())}
          >
            {t("action.retry")}
          </Button>
        </div>
      </div>
      <Show when={props.tab === "overview" && lines().length > 0}>
        <pre
          tabindex={0}
          class="max-h-56 overflow-auto border-t border-error/25 px-4 py-2.5 font-mono text-xs leading-5"
        >
          {lines().join("\n")}
        </pre>
      </Show>
    </section>
  );
}
