import { Popover as Kobalte } from "@kobalte/core/popover";
import type { JSX } from "solid-js";
import { useLayer } from "./layer.ts";
import { FLOATING } from "./menu-look.ts";

export function Popover(props: {
  label: string;
  trigger: JSX.Element;
  triggerClass: string;
  children: JSX.Element;
}) {
  const layer = useLayer();
  return (
    <Kobalte gutter={6} placement="bottom-end">
      <Kobalte.Trigger aria-label={props.label} class={props.triggerClass}>
        {props.trigger}
      </Kobalte.Trigger>
      <Kobalte.Portal mount={layer()}>
        <Kobalte.Content class={`${FLOATING} w-88 max-w-[calc(100vw-1rem)]`}>
          <Kobalte.Title class="sr-only">{props.label}</Kobalte.Title>
          {props.children}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
