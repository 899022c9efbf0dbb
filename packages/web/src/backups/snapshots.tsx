import { createSignal, For, Show } from "solid-js";
import type { Snapshot } from "../api/client.ts";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { When } from "../ui/when.tsx";
import { useBackups } from "./backup-context.ts";
import { createSnapshots } from "./create-snapshots.ts";
import { KeepButton } from "./keep-button.tsx";
import { Size } from "./size.tsx";

const DismissDialog = lazyPart(() => import("./dismiss-dialog.tsx"), "DismissDialog");

/** Initial length; more would push the backups off the page. */
const FEW = 3;

/** Snapshots of one instance or of all; nothing where there is none. */
export function Snapshots(props: { instanceId?: string }) {
  const query = createSnapshots();
  const [all, setAll] = createSignal(false);
  const [dismissing, setDismissing] = createSignal<Snapshot>();
  // Undecided ones first.
  const copies = () =>
    (query.data() ?? [])
      .filter((copy) => props.instanceId === undefined || copy.instanceId === props.instanceId)
      .sort((a, b) => Number(b.undecided) - Number(a.undecided));
  return (
    <>
      <Show when={copies().length > 0}>
        <Card title={t("safety.title")}>
          <p class="mb-2 text-sm text-text-2">{t("safety.text")}</p>
          <ul aria-label={t("safety.title")} class="divide-y">
            <For each={all() ? copies() : copies().slice(0, FEW)}>
              {(copy) => (
                <Copy
                  copy={copy}
                  onDismiss={() => setDismissing(copy)}
                  onKept={() => void query.refetch()}
                />
              )}
            </For>
          </ul>
          <Show when={!all() && copies().length > FEW}>
            <Button small variant="ghost" class="-ml-2" onClick={() => setAll(true)}>
              {t("safety.more", { count: copies().length - FEW })}
            </Button>
          </Show>
        </Card>
      </Show>
      <Show when={dismissing()}>
        {(copy) => (
          <DismissDialog
            copy={copy()}
            onDismissed={() => void query.refetch()}
            onClose={() => setDismissing(undefined)}
          />
        )}
      </Show>
    </>
  );
}

function Copy(props: { copy: Snapshot; onDismiss: () => void; onKept: () => void }) {
  const backups = useBackups();
  const live = useLive();
  const isStarting = () => live.instances.get(props.copy.instanceId)?.status === "starting";
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div class="min-w-0 flex-1 basis-60">
        <p class="flex min-w-0 items-baseline gap-2">
          <span class="truncate font-medium">{props.copy.name}</span>
          <span class="truncate font-mono text-xs text-text-3">{props.copy.instanceId}</span>
          <Size bytes={props.copy.bytes} of="kept" class="text-xs text-text-2" />
        </p>
        <p class="text-xs text-text-3">
          {t("safety.replaced")} <When iso={props.copy.createdAt} /> ·{" "}
          {props.copy.undecided
            ? t("safety.untilDecided")
            : t("safety.until", { time: formatExact(props.copy.expiresAt) })}
        </p>
        <Show when={props.copy.undecided}>
          <p class="mt-1 text-sm">
            {t(isStarting() ? "safety.asks.starting" : "safety.asks.other")}
          </p>
        </Show>
      </div>
      <div class="ml-auto flex gap-1">
        <Button
          small
          aria-label={t("safety.revertNamed", { name: props.copy.name })}
          onClick={() => backups.revert(props.copy)}
        >
          {t("safety.revert")}
        </Button>
        <Show
          when={props.copy.undecided}
          fallback={
            <Button
              small
              variant="ghost"
              aria-label={t("safety.dismissNamed", { name: props.copy.name })}
              onClick={props.onDismiss}
            >
              {t("safety.dismiss")}
            </Button>
          }
        >
          <KeepButton copy={props.copy} onKept={props.onKept} />
        </Show>
      </div>
    </li>
  );
}
