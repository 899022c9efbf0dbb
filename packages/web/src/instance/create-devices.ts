import { createSignal, onCleanup } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { failureOf } from "../api/api-error.ts";
import type { DeviceRequest } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import { deviceName } from "./device-words.ts";

/** Requests expire after five minutes, and a person waits for the answer. */
const REFRESH_MS = 10_000;

/** The devices of a running instance, read again while the card is shown, and decisions on them. */
export function createDevices(id: string) {
  const { instances } = useApi().trpc;
  const query = createQuery((signal) => instances.pairing.query({ id }, { signal }));
  const [deciding, setDeciding] = createSignal<string>();
  const isSwitchedOff = () =>
    query.error() !== undefined && failureOf(query.error()) === "NOT_SUPPORTED";

  const timer = setInterval(() => {
    if (!document.hidden && !query.fetching()) void query.refetch();
  }, REFRESH_MS);
  onCleanup(() => clearInterval(timer));

  const decide = async (
    { requestId }: DeviceRequest,
    { call, done, failed }: { call: () => Promise<unknown>; done: string; failed: string },
  ): Promise<void> => {
    if (deciding() !== undefined) return;
    setDeciding(requestId);
    try {
      await call();
      showToast({ kind: "success", title: done });
    } catch (error) {
      showFailure(failed, error);
    }
    setDeciding(undefined);
    await query.refetch();
  };

  return {
    ...query,
    /** The owner has switched off the control plane, which is not an error. */
    isSwitchedOff,
    /** The request that is being decided on. */
    deciding,
    approve(request: DeviceRequest): Promise<void> {
      const { requestId } = request;
      const name = deviceName(request);
      return decide(request, {
        call: () => instances.approveDevice.mutate({ id, requestId }),
        done: t("devices.approved", { name }),
        failed: t("failed.approveDevice", { name }),
      });
    },
    reject(request: DeviceRequest): Promise<void> {
      const { requestId } = request;
      const name = deviceName(request);
      return decide(request, {
        call: () => instances.rejectDevice.mutate({ id, requestId }),
        done: t("devices.rejected", { name }),
        failed: t("failed.rejectDevice", { name }),
      });
    },
  };
}
