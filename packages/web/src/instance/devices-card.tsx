import { createSignal, Show } from "solid-js";
import type { Instance, PairedDevice } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { focusIfLost } from "../ui/focus-if-lost.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { createDevices } from "./create-devices.ts";
import { PairedDevices, PendingDevices } from "./device-lists.tsx";
import { DevicesOff } from "./devices-off.tsx";

const RemoveDeviceDialog = lazyPart(
  () => import("./remove-device-dialog.tsx"),
  "RemoveDeviceDialog",
);

const WHY_NOT = {
  panel: "devices.off",
  token: "devices.byToken",
  "token-migratable": "devices.byToken",
  unserved: "link.unserved",
} as const satisfies Record<Instance["opensBy"], PlainKey>;

/** Devices that ask to use the instance, and those that may. */
export function DevicesCard(props: { instance: Instance }) {
  const isAsked = () => props.instance.opensBy === "panel" && props.instance.status === "running";
  return (
    <Show
      when={isAsked()}
      fallback={
        <Card title={t("devices.title")}>
          <p class="text-text-2">{t(WHY_NOT[props.instance.opensBy])}</p>
        </Card>
      }
    >
      <RunningDevices id={props.instance.id} />
    </Show>
  );
}

function RunningDevices(props: { id: string }) {
  const devices = createDevices(props.id);
  const [removing, setRemoving] = createSignal<PairedDevice>();
  let place: HTMLDivElement | undefined;
  /** The row with the focus goes. */
  const settle = async (change: Promise<void>): Promise<void> => {
    await change;
    focusIfLost(place);
  };
  return (
    <Card
      title={t("devices.title")}
      action={
        <IconButton
          icon="restart"
          label={t("devices.refresh")}
          onClick={() => void devices.refetch()}
        />
      }
    >
      <div ref={place} tabindex={-1} class="flex flex-col gap-4 outline-none">
        <Show when={!devices.isSwitchedOff()} fallback={<DevicesOff id={props.id} />}>
          <Show when={devices.error()}>
            {(error) => (
              <FailureNotice
                error={error()}
                retrying={devices.fetching()}
                onRetry={devices.refetch}
              />
            )}
          </Show>
          <Show
            when={devices.data()}
            fallback={
              <Show when={!devices.error()}>
                <Skeleton class="h-12 w-full" />
              </Show>
            }
          >
            {(pairing) => (
              <>
                <PendingDevices
                  requests={pairing().pending}
                  deciding={devices.deciding()}
                  onApprove={(request) => void settle(devices.approve(request))}
                  onReject={(request) => void settle(devices.reject(request))}
                />
                <PairedDevices devices={pairing().paired} onRemove={setRemoving} />
                <Show when={pairing().pending.length + pairing().paired.length === 0}>
                  <p class="text-text-2">{t("devices.none")}</p>
                </Show>
              </>
            )}
          </Show>
        </Show>
      </div>
      <Show when={removing()}>
        {(device) => (
          <RemoveDeviceDialog
            instanceId={props.id}
            device={device()}
            onRemoved={() => void settle(devices.refetch())}
            onClose={() => setRemoving(undefined)}
          />
        )}
      </Show>
    </Card>
  );
}
