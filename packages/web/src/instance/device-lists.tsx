import { createSignal, Index, type JSX, Show } from "solid-js";
import type { DeviceRequest, PairedDevice } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { When } from "../ui/when.tsx";
import { deviceName, deviceRights } from "./device-words.ts";

/** Initial length: each browser profile that ever opened the instance is one. */
const FEW = 5;

/** Devices that wait for a decision; nothing where there is none. */
export function PendingDevices(props: {
  requests: readonly DeviceRequest[];
  deciding: string | undefined;
  onApprove: (request: DeviceRequest) => void;
  onReject: (request: DeviceRequest) => void;
}) {
  return (
    <Show when={props.requests.length > 0}>
      <section>
        <h3 class="text-sm font-medium">{t("devices.pending")}</h3>
        <p class="text-sm text-text-2">{t("devices.pending.text")}</p>
        <ul aria-label={t("devices.pending")} class="divide-y">
          {/* Indexed by position: a focused row keeps the focus when the list is reloaded. */}
          <Index each={props.requests}>
            {(request) => (
              <Row
                device={request()}
                note={<Ago word={t("devices.asked")} iso={request().requestedAt} />}
              >
                <Button
                  small
                  disabled={props.deciding !== undefined}
                  aria-label={t("devices.rejectNamed", { name: deviceName(request()) })}
                  onClick={() => props.onReject(request())}
                >
                  {t("devices.reject")}
                </Button>
                <Button
                  small
                  icon="check"
                  busy={props.deciding === request().requestId}
                  disabled={props.deciding !== undefined}
                  aria-label={t("devices.approveNamed", { name: deviceName(request()) })}
                  onClick={() => props.onApprove(request())}
                >
                  {t("devices.approve")}
                </Button>
              </Row>
            )}
          </Index>
        </ul>
      </section>
    </Show>
  );
}

/** Devices that may use the instance; nothing where there is none. */
export function PairedDevices(props: {
  devices: readonly PairedDevice[];
  onRemove: (device: PairedDevice) => void;
}) {
  const [all, setAll] = createSignal(false);
  const shown = () => (all() ? props.devices : props.devices.slice(0, FEW));
  return (
    <Show when={props.devices.length > 0}>
      <section>
        <h3 class="text-sm font-medium">{t("devices.paired")}</h3>
        <ul aria-label={t("devices.paired")} class="divide-y">
          <Index each={shown()}>
            {(device) => (
              <Row device={device()} note={<Used device={device()} />}>
                <IconButton
                  icon="trash"
                  label={t("devices.removeNamed", { name: deviceName(device()) })}
                  onClick={() => props.onRemove(device())}
                />
              </Row>
            )}
          </Index>
        </ul>
        <Show when={props.devices.length > shown().length}>
          <Button small variant="ghost" class="-ml-2" onClick={() => setAll(true)}>
            {t("devices.more", { count: props.devices.length - shown().length })}
          </Button>
        </Show>
      </section>
    </Show>
  );
}

function Row(props: {
  device: DeviceRequest | PairedDevice;
  note: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div class="min-w-0 flex-1 basis-48">
        <p class="font-medium wrap-anywhere">{deviceName(props.device)}</p>
        <p class="text-sm text-text-2">
          {deviceRights(props.device)}
          <Show when={props.device.address}>
            {(address) => (
              <>
                {" · "}
                <span class="tabular wrap-anywhere">{address()}</span>
              </>
            )}
          </Show>
        </p>
        <p class="text-xs text-text-3">{props.note}</p>
      </div>
      <div class="flex items-center gap-2">{props.children}</div>
    </li>
  );
}

function Used(props: { device: PairedDevice }) {
  return (
    <Show
      when={!props.device.isConnected}
      fallback={<span class="text-running">{t("devices.connected")}</span>}
    >
      <Show
        when={props.device.lastSeenAt}
        fallback={<Ago word={t("devices.approvedAt")} iso={props.device.approvedAt} />}
      >
        {(iso) => <Ago word={t("devices.seen")} iso={iso()} />}
      </Show>
    </Show>
  );
}

function Ago(props: { word: string; iso: string }) {
  return (
    <>
      {props.word} <When iso={props.iso} />
    </>
  );
}
