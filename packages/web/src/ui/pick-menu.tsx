import { Popover } from "@kobalte/core/popover";
import { createSignal, type JSX } from "solid-js";
import { useLayer } from "./layer.ts";
import { FLOATING } from "./menu-look.ts";
import { PickList, type PickOption } from "./pick-list.tsx";

/** A button that opens a searchable list of any length. */
export function PickMenu(props: {
  label: string;
  /** The button's name, if it differs from the label. */
  name?: string;
  trigger: JSX.Element;
  triggerClass: string;
  options: readonly PickOption[];
  value?: string | undefined;
  onPick: (value: string) => void;
}) {
  const layer = useLayer();
  const [open, setOpen] = createSignal(false);
  return (
    <Popover gutter={4} placement="bottom-start" open={open()} onOpenChange={setOpen}>
      <Popover.Trigger aria-label={props.name ?? props.label} class={props.triggerClass}>
        {props.trigger}
      </Popover.Trigger>
      <Popover.Portal mount={layer()}>
        <Popover.Content
          aria-label={props.label}
          class={`${FLOATING} w-80 max-w-[calc(100vw-1rem)]`}
        >
          <PickList
            label={props.label}
            options={props.options}
            value={props.value}
            onPick={(value) => {
              setOpen(false);
              props.onPick(value);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
