import { render, screen } from "@solidjs/testing-library";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { QrCode } from "./qr-code.tsx";

test("draws each dark module of the code, and says what it is for", () => {
  const text = "http://192.168.1.5:18789/#token=abc";
  render(() => <QrCode text={text} label="QR code" />);
  const image = screen.getByRole("img", { name: "QR code" });
  const code = encode(text, { ecc: "M", border: 2 });
  expect(image.getAttribute("viewBox")).toBe(`0 0 ${code.size} ${code.size}`);
  const drawn = image.querySelector("path")?.getAttribute("d")?.match(/M/g) ?? [];
  expect(drawn).toHaveLength(code.data.flat().filter(Boolean).length);
});
