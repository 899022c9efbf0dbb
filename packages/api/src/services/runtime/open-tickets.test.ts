import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createOpenTickets, OPEN_TICKET_MS, type OpenTicket } from "./open-tickets.ts";

const ticket: OpenTicket = {
  sessionId: "s1",
  userId: "u1",
  instanceUid: "0".repeat(32),
  ownership: "o1",
  access: "full",
  from: "http://localhost:8000",
  to: "http://anna-x.localhost:8000",
};

test("a ticket opens once, for the instance that it was issued for", () => {
  const tickets = createOpenTickets(new FakeHost());
  const { text } = tickets.issue(ticket);
  expect(tickets.burn(text)).toMatchObject(ticket);
  expect(tickets.burn(text)).toBeNull();
  expect(tickets.burn("made up")).toBeNull();
});

test("a ticket is valid for its time, and not a moment longer", () => {
  const host = new FakeHost();
  const tickets = createOpenTickets(host);
  const [early, late] = [tickets.issue(ticket), tickets.issue(ticket)];
  host.advance(OPEN_TICKET_MS - 5_000);
  expect(tickets.burn(early.text)).not.toBeNull();
  host.advance(5_001);
  expect(tickets.burn(late.text)).toBeNull();
});

test("tickets that nobody uses are bounded: the oldest goes first", () => {
  const tickets = createOpenTickets(new FakeHost());
  const texts = Array.from({ length: 1_001 }, () => tickets.issue(ticket).text);
  expect(tickets.burn(texts[0] ?? "")).toBeNull();
  expect(tickets.burn(texts.at(-1) ?? "")).not.toBeNull();
});

test("two tickets are never alike", () => {
  const tickets = createOpenTickets(new FakeHost());
  const texts = new Set(Array.from({ length: 100 }, () => tickets.issue(ticket).text));
  expect(texts.size).toBe(100);
});
